"""People: for now persons, instructors and their assignments, because work coverage counts them."""

from members.models.instructor import Instructor, InstructorAssignment
from members.models.person import Person

__all__ = ["Instructor", "InstructorAssignment", "Person"]
