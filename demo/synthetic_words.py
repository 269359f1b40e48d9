"""Words of which synthetic records are made, for measuring. Nobody is meant to read them for pleasure."""

MAKING = (
    "Print", "Carve", "Weave", "Solder", "Stage", "Record", "Map", "Plant", "Cook", "Film", "Debate", "Draw", "Measure",
    "Restore", "Design", "Code", "Choreograph", "Translate", "Catalogue", "Repair", "Forecast", "Sketch", "Bind", "Glaze",
    "Mend", "Compose", "Survey", "Model", "Test", "Build", "Sew", "Photograph", "Narrate", "Budget", "Interview", "Sample",
)  # fmt: skip
THINGS = (
    "a broadside", "a stone bench", "a river chart", "a street theatre", "a wind turbine", "a market stall", "a silk banner",
    "a choir piece", "a short film", "a rooftop garden", "a court case", "a bridge", "a radio play", "a bakery order",
    "a museum label", "a circuit board", "a weather report", "a lantern", "an old map", "a water filter", "a podcast",
    "a wedding dress", "a signal box", "a pocket museum", "a green roof", "a shop window", "an archive box", "a dance",
    "a history of one street", "a hospital menu", "a football pitch", "a book jacket", "a cargo plan", "a bird survey",
)  # fmt: skip
PLACES = (
    "by the river", "under the arches", "in the old market", "at the library", "on the roof", "beside the canal",
    "in a working yard", "in the railway depot", "at the town hall", "behind the stage", "in the glasshouse", "at the quay",
    "in a former bank", "on the heath", "in the print room", "at the hospital", "in the archive", "on the fifth floor",
)  # fmt: skip
PEOPLE = (
    "apprentices", "curators", "engineers", "gardeners", "solicitors", "bakers", "nurses", "surveyors", "dancers", "editors",
    "conservators", "electricians", "actuaries", "teachers", "tailors", "sound recordists", "planners", "ecologists",
)  # fmt: skip
SENTENCES = (
    "{People} show how {thing} is made {place}, and then hand over the tools.",
    "Groups of four {make} {thing} together, and swap places half-way.",
    "Nothing is prepared beforehand: the first try goes wrong, and that is where it begins.",
    "Afterwards {people} talk about their day, their pay and what they would do again.",
    "There is time for questions {place}, with tea and somewhere quiet to sit.",
    "You take home what you made, and a sheet that says how to go on.",
    "It suits people who like to know why {thing} works before they {make} it.",
    "Bring old clothes; aprons, gloves and everything else are there.",
    "We meet {place} and walk the last hundred metres together.",
    "By the end everybody has explained one step of {thing} to somebody else.",
    "{People} check the result as they would for a customer, kindly and exactly.",
    "Some do it quickly and some slowly, and both finish.",
)  # fmt: skip
PARTNERS = (
    "Works", "Rooms", "Trust", "Company", "Studio", "Yard", "Collective", "House", "Guild", "Partnership", "Press",
    "Gardens", "Foundation", "College", "Theatre", "Museum", "Laboratory", "Kitchen", "Forge", "Archive",
)  # fmt: skip
NAMES = (
    "Alder", "Barrow", "Candle", "Dovetail", "Ember", "Flint", "Gantry", "Harbour", "Iron", "Juniper", "Kestrel", "Lantern",
    "Mallow", "Nettle", "Osier", "Plover", "Quarry", "Rope", "Saffron", "Tallow", "Umber", "Vellum", "Willow", "Yarrow",
)  # fmt: skip
