"""The catalogue: every registry of policy words, by the key of a scenario that chooses one."""

from typing import Any

from model.abatement.best_practice import PAYERS
from model.allocation import RULES as ALLOCATION_RULES
from model.behaviour import CITIES
from model.behaviour import RULES as DECISION_RULES
from model.footprints.demand_shift import GROWTH_MIXES
from model.market.institutions import INSTITUTIONS
from model.quota.cap_paths import CAP_PATHS
from model.registry import Registry
from model.transfers.aid import PLACEMENTS
from model.transfers.aid_distribution import DISTRIBUTIONS
from model.transfers.bonus import MERITS
from model.transfers.contracts import PARTNERS
from model.transfers.payers import AID_PAYERS

CATALOGUE: dict[str, Registry[Any]] = {
    "cap.path": CAP_PATHS,
    "allocation.rule": ALLOCATION_RULES,
    "market.institution": INSTITUTIONS,
    "contract.offered_to": PARTNERS,
    "transfer.distribution": DISTRIBUTIONS,
    "transfer.placement": PLACEMENTS,
    "transfer.growth_mix": GROWTH_MIXES,
    "transfer.paid_by": AID_PAYERS,
    "transfer.bonus_for": MERITS,
    "programme.paid_by": PAYERS,
    "behaviour.rule": DECISION_RULES,
    "behaviour.city": CITIES,
}
