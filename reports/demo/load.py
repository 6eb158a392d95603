"""Puts the demonstration county into an empty database; says what else a database holds."""

from datetime import date
from random import Random

from django.db import connection, transaction

from accounts.models import ScopeGrant, User
from accounts.services import ADMINISTRATORS, create_user
from core import audit, heads
from core.database import READ_AND_ADD_ONLY
from core.dates import today
from core.models import AuditEntry
from enterprises.models import Enterprise
from members.models import Instructor
from organizations.models import Area, PartyOrganization
from organizations.rules import BRANCHES
from reports.demo.acts import store_acts
from reports.demo.bodies import store_bodies
from reports.demo.branches import store_branches, store_instructors, store_mass_organizations
from reports.demo.contacts import store_contacts
from reports.demo.county import County, build_county
from reports.demo.development import store_development, store_helpers
from reports.demo.dues import store_dues, store_talents
from reports.demo.efforts import store_efforts
from reports.demo.firms import plan_firms, store_firms
from reports.demo.formation import store_plans
from reports.demo.guides import store_guidance
from reports.demo.meeting_states import store_states
from reports.demo.meetings import store_meetings
from reports.demo.members import store_members
from reports.demo.moving import store_moving
from reports.demo.names import Names
from reports.demo.sites import store_sites

SEED = 20_120_715
LOADED = "demo.load"
KEEPING = 11  # branches that keep their members, beside the demonstration's own
SIGNING_IN = (
    "account.sign_in",
    "account.sign_out",
    "account.password",
    "account.factor_on",
    "account.locked",
)
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def is_empty() -> bool:
    return not (User.objects.exists() or Area.objects.exists() or Enterprise.objects.exists())


def holds_only_the_demo() -> bool:
    """Whether nobody has done more than sign in since the county was loaded."""
    loaded = AuditEntry.objects.filter(verb=LOADED).order_by("id").last()
    later = AuditEntry.objects.exclude(verb__in=SIGNING_IN)
    return loaded is not None and not later.filter(pk__gt=loaded.pk).exists()


@transaction.atomic
def empty_everything() -> None:
    """Empty all tables, the log of actions too: only the owner role may, never in production."""
    tables = set(connection.introspection.table_names()) - KEPT
    quoted = ", ".join(map(connection.ops.quote_name, sorted(tables)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be left to check
        for table in READ_AND_ADD_ONLY:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
        for table in READ_AND_ADD_ONLY:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # as they are for whoever writes next
    heads.set_aside()


@transaction.atomic
def load() -> list[tuple[str, User, str]]:
    """Build everything; returns role, user and one-time password of each person who may enter."""
    day = today()
    counts = [date(day.year - 2, 12, 31), date(day.year - 1, 12, 31)]
    names = Names(Random(SEED))
    county = build_county(names)
    firms = plan_firms(county, names.random)
    store_firms(firms, county, names, counts)
    own, joint = store_branches(firms, names, counts[-1], day)
    bodies = sorted([*own[:-1], *joint], key=lambda one: one.established_on or day)
    bodies.insert(len(bodies) // 5, own[-1])  # falls due within half a year
    committees = [area.committee for area in county.areas.values()]
    store_bodies([*bodies, *committees], day)
    store_mass_organizations(firms)
    instructors = store_instructors(firms, county, names, counts[-1])
    store_guidance(instructors, county, day)
    people = _people(county, own[-1], instructors[0], names, counts[0])
    store_sites(county, own, firms, people[0][1], counts[-1])
    store_plans(firms, own, names, counts[-1], day)
    store_acts(joint, county.areas["高河镇"].committee, counts[-1])
    store_contacts(firms, names, day)
    branches = [one for one in own[:-1] if one.kind in BRANCHES]  # others hold no relations
    kept = [*branches[:KEEPING], own[-1]]
    store_development(kept, county, names, day)
    store_members(kept, names, day)
    store_helpers()
    store_moving(branches[:6], names, day)
    store_dues([*branches[:2], own[-1]], day)
    store_meetings(kept, day)
    store_efforts(county, kept, day)
    store_states(branches[:2], own[-1], day)
    store_talents(county, own, names, day)
    audit.record(actor=None, verb=LOADED, target=county.area, scope_path=county.committee.path)
    return people


def _people(
    county: County, branch: PartyOrganization, instructor: Instructor, names: Names, since: date
) -> list[tuple[str, User, str]]:
    """One user for each role of the demonstration."""
    park = county.areas["怀宁经济开发区"].committee
    posts: list[tuple[str, str, str, str, PartyOrganization | None]] = [
        ("县级经办", "xianji", "county_clerk", names.person(), county.committee),
        ("园区组织员", "yuanqu", "organizer", names.person(), park),
        ("支部书记", "shuji", "branch_secretary", branch.secretary_name, branch),
        ("指导员", "zhidao", "instructor", instructor.person.name, county.committee),
        ("领导", "lingdao", "leader", names.person(), county.committee),
        ("业务管理员", "yewu", "business_administrator", names.person(), county.committee),
        *((label, name, role, names.person(), None) for name, label, role in ADMINISTRATORS),
    ]
    made = []
    for label, username, role, full_name, organization in posts:
        user, password = create_user(actor=None, username=username, full_name=full_name)
        ScopeGrant.objects.create(user=user, role=role, organization=organization, valid_from=since)
        made.append((label, user, password))
        if role == "instructor":
            instructor.user = user
            instructor.save(update_fields=["user"])
    return made
