"""The ledgers there are, in the order of the shelf."""

from reports.ledgers.base import Ledger
from reports.ledgers.contacts import ContactLedger
from reports.ledgers.coverage import CoverageLedger
from reports.ledgers.development import DevelopmentLedger
from reports.ledgers.dues import DuesLedger
from reports.ledgers.elections import ElectionLedger
from reports.ledgers.enterprises import WorkLedger
from reports.ledgers.instructors import InstructorLedger
from reports.ledgers.joint_meetings import JointMeetingLedger
from reports.ledgers.losses import LostLedger
from reports.ledgers.meetings import MeetingLedger
from reports.ledgers.mobiles import MobileInLedger, MobileOutLedger
from reports.ledgers.organizations import OrganizationLedger
from reports.ledgers.parks import ParkLedger
from reports.ledgers.requests import RequestLedger
from reports.ledgers.rosters import NationalLedger, RosterLedger
from reports.ledgers.sites import SiteLedger
from reports.ledgers.stars import StarLedger
from reports.ledgers.trainings import TrainingLedger
from reports.ledgers.uncovered import UncoveredLedger
from reports.ledgers.volumes import VolumeLedger

LEDGERS: tuple[Ledger, ...] = (
    CoverageLedger(),
    WorkLedger(),
    UncoveredLedger(),
    OrganizationLedger(),
    ElectionLedger(),
    SiteLedger(),
    StarLedger(),
    ParkLedger(),
    RosterLedger(),
    NationalLedger(),
    MobileOutLedger(),
    MobileInLedger(),
    LostLedger(),
    DevelopmentLedger(),
    DuesLedger(),
    InstructorLedger(),
    ContactLedger(),
    RequestLedger(),
    MeetingLedger(),
    TrainingLedger(),
    JointMeetingLedger(),
    VolumeLedger(),
)
LEDGER = {ledger.key: ledger for ledger in LEDGERS}
