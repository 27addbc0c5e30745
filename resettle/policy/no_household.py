"""Which tables and answers belong to no household, so that the role decides what is shown."""

from resettle.accounts import models as accounts
from resettle.applications import models as applications
from resettle.cases.absences import Absence
from resettle.cases.assigning import Reassigned
from resettle.cases.covering import Covered
from resettle.changes.providers import TakenOver
from resettle.crises.models import Crisis
from resettle.day.board import PutOff, TeamHousehold, WorkerLoad
from resettle.day.leaving import Leaving
from resettle.evidence.models import Evidence
from resettle.exports.models import ListExport
from resettle.interchange.models import ImportBatch
from resettle.interchange.queries import Preview
from resettle.interchange.rules import Report
from resettle.judgements.models import Judgement
from resettle.matching import models as matching
from resettle.matching import run_models as runs
from resettle.matching.queries import PlaceLine
from resettle.matching.run_queries import MatchLine, Move, OptionLine
from resettle.proposals import models as proposals
from resettle.proposals.cards import Card, Column
from resettle.pulses import models as pulses
from resettle.releases.models import Release
from resettle.runs.models import ReportRun
from resettle.sponsors import models as sponsors
from resettle.strain import models as strain
from resettle.views.models import SavedView

OF_NO_HOUSEHOLD = frozenset(
    {
        sponsors.SponsorGroup,
        sponsors.GroupMove,
        sponsors.GroupStep,
        sponsors.GroupChecklistItem,
        sponsors.SponsorMember,
        sponsors.Vetting,
        sponsors.Training,
        sponsors.Deed,
        applications.GroupApplication,
        applications.ApplicationPart,
        applications.ApplicationLine,
        applications.ApplicationQuestion,
        applications.ApplicationScore,
        Evidence,
        sponsors.ReportDue,
        strain.SupervisionNote,
        strain.GroupMessage,
        strain.GroupMessageReading,
        pulses.PulseInvitation,
        Crisis,
        matching.Place,
        matching.PlaceOffer,
        PlaceLine,
        MatchLine,
        OptionLine,
        Move,
        matching.Ruling,
        matching.Allocation,
        runs.MatchRun,
        runs.MatchHousehold,
        runs.MatchPlace,
        proposals.BoardStep,
        proposals.PlaceDecision,
        Card,
        Column,
        Release,
        accounts.UserAccount,
        ImportBatch,
        Preview,
        Report,
        # What a team leader knows of households that are not theirs: file numbers and counts.
        TeamHousehold,
        WorkerLoad,
        PutOff,
        Reassigned,
        TakenOver,
        Covered,
        Leaving,
        Absence,
        accounts.DutyGrant,
        accounts.UserSession,
        accounts.ApiToken,
        accounts.CalendarFeed,
        SavedView,
        ListExport,
        ReportRun,
        Judgement,
    }
)
