"""Array shapes of the field, named once.

Axes: r, s regions (r supplies or emits, s uses or consumes); i, j sectors; k final-demand
categories, l those but inventory change;
v industries; g abatement groups of sectors, b their branches; m levers: the groups, and a shift of
demand where a scenario has one; p, q provinces; c cities; n any one axis. Where several runs
advance together a first axis stands for them, `*#runs`: none for a run alone, and none or one row
for what all of them share.
"""

from jaxtyping import Bool, Float64, Int64, Integer, Shaped
from numpy import bool_, int64, ndarray

Number = float | Float64[ndarray, "*#runs 1"]
"""A number of a run, or a column of numbers, one a run."""
Count = int | int64 | Int64[ndarray, "*#runs 1"]
"""The same of whole tonnes."""
Yes = bool | bool_ | Bool[ndarray, "*#runs 1"]
"""The same of true and false."""

OfRuns = Float64[ndarray, "*#runs 1"]
Vector = Float64[ndarray, "n"]
Square = Float64[ndarray, "n n"]
Matrix = Float64[ndarray, "n m"]
AnyArray = Shaped[ndarray, "..."]
AnyFloats = Float64[ndarray, "..."]
AnyMask = Bool[ndarray, "..."]
Whole = Int64[ndarray, "*#runs n"]
Mask = Bool[ndarray, "*#runs n"]
Pivots = Integer[ndarray, "n"]
Indices = Int64[ndarray, "n"]
Positions = Int64[ndarray, "_"]  # any number of them

OfRegion = Int64[ndarray, "r"]
OfSector = Int64[ndarray, "i"]
OfBranch = Int64[ndarray, "b"]
SectorMask = Bool[ndarray, "i"]
ByIndustry = Float64[ndarray, "r v"]

ByRegion = Float64[ndarray, "*#runs r"]
BySector = Float64[ndarray, "*#runs i"]
ByRegionSector = Float64[ndarray, "*#runs r i"]
ByRegionGroup = Float64[ndarray, "*#runs r g"]
ByRegionBranch = Float64[ndarray, "*#runs r b"]
BetweenRegions = Float64[ndarray, "*#runs r r"]

TradeShares = Float64[ndarray, "i r r"]
Coefficients = Float64[ndarray, "r i i"]
FinalUse = Float64[ndarray, "r i k"]
RegularFinalUse = Float64[ndarray, "r i l"]
Columns = Float64[ndarray, "r i c"]
OutputTogether = Float64[ndarray, "r i _"]  # one column a region, and one for exports
GroupFlows = Float64[ndarray, "k g r r"]
FlowsByGroup = Float64[ndarray, "g r r"]
FlowsByBranch = Float64[ndarray, "b r r"]
FlowsByCategory = Float64[ndarray, "k r r"]
FlowsByKind = Float64[ndarray, "r g k r"]
ValueAddedByKind = Float64[ndarray, "r k r"]
ByKindRegion = Float64[ndarray, "*#runs k r"]
ByKindRegionGroup = Float64[ndarray, "k r g"]
ByYearKindRegion = Float64[ndarray, "t *#runs k r"]
ByYearRegionGroup = Float64[ndarray, "t *#runs r g"]
ByYearGroup = Float64[ndarray, "t g"]
ByYearRegionBranch = Float64[ndarray, "t *#runs r b"]

SectorUse = Float64[ndarray, "i j"]
SectorFinalUse = Float64[ndarray, "i k"]
ProvinceUse = Float64[ndarray, "p i j"]
ByCategory = Float64[ndarray, "k"]
ByProvinceCategory = Float64[ndarray, "p k"]
ByProvince = Float64[ndarray, "p"]
ByProvinceSector = Float64[ndarray, "p i"]
ProvinceFinalUse = Float64[ndarray, "p i k"]
ProvinceTrade = Float64[ndarray, "i p p"]
BySectorRegion = Float64[ndarray, "i r"]
BySectorRegionProvince = Float64[ndarray, "i r p"]

ByCity = Float64[ndarray, "*#runs c"]
ByCityGroup = Float64[ndarray, "*#runs c g"]
ByCityBranch = Float64[ndarray, "*#runs c b"]
ByCityLever = Float64[ndarray, "*#runs c m"]
BetweenCities = Float64[ndarray, "*#runs c c"]
ByLink = Float64[ndarray, "link"]
OfLink = Int64[ndarray, "link"]
Neighbours = Int64[ndarray, "c near"]
Refinements = Int64[ndarray, "*#runs _ _"]
Wide = Float64[ndarray, "*#runs 1 1"]
Prices = Float64[ndarray, "*prices c"]
Steps = Float64[ndarray, "*prices c m"]
ByCityKind = Float64[ndarray, "*#runs c 3"]  # consumption, capital formation, inventory change
Tonnes = Int64[ndarray, "*#runs c"]
TonnesByYear = Int64[ndarray, "t *#runs c"]
ClassCounts = Int64[ndarray, "4 4"]
ClassShares = Float64[ndarray, "4 4"]
Cities = Bool[ndarray, "*#runs c"]
Actions = Int64[ndarray, "*#runs c"]
Payoffs = Float64[ndarray, "*#runs c 4"]
OpenActions = Bool[ndarray, "*#runs c 4"]
ByCityAndAny = Float64[ndarray, "*#runs c n"]
ActionsByPosition = Int64[ndarray, "2 *#runs c"]
PayoffsByPosition = Float64[ndarray, "2 *#runs c"]
PropensityByPosition = Float64[ndarray, "2 *#runs c 4"]
ByYearRegion = Float64[ndarray, "t *#runs r"]
ByYear = Float64[ndarray, "t *column"]
Departures = Float64[ndarray, "t *#runs c n"]  # normal draws: of all groups, and of each
YearRegionMask = Bool[ndarray, "t r"]
YearMask = Bool[ndarray, "t"]
RecentPrices = Float64[ndarray, "recent *column"]
ByYearCity = Float64[ndarray, "t *#runs c"]
ByReferenceYear = Float64[ndarray, "_ *#runs c"]  # years reported, at most three
PolicyEffect = Float64[ndarray, "4 *#runs c"]
PolicyEffectByYear = Float64[ndarray, "t 4 *#runs c"]
ByCitySector = Float64[ndarray, "*#runs c i"]
LorenzPoints = Float64[ndarray, "points"]  # one more than there are cities
GroupMask = Bool[ndarray, "g"]
BranchMask = Bool[ndarray, "b"]
RegionMask = Bool[ndarray, "*#runs r"]
CategoryMask = Bool[ndarray, "k"]
ByRegionCategory = Float64[ndarray, "r k"]
ByRegionCategoryAtHome = Float64[ndarray, "r k-1"]  # where k counts exports abroad too
EmbodiedIntensities = Float64[ndarray, "r r i"]
ByConsumer = Float64[ndarray, "r i r"]
Cells = Int64[ndarray, "m 2"]
ClusterMeans = Float64[ndarray, "g g"]
