"""Who is in the demo company: its regions, teams and people, and the customers who wait for it."""

from dataclasses import dataclass

NAME = "Corvane Air & Cold"
"""An invented maker and servicer of compressed air, vacuum and cooling, with its software."""

ZONES = {"West": "Europe/London", "South": "Europe/Rome", "North": "Europe/Helsinki"}

TECHNICAL, SOFTWARE, PARTS, QUOTES, PLANNING = (
    "Technical support",
    "Software support",
    "Parts desk",
    "Sales support",
    "Planning",
)

# (name, role, team, days before the Monday on which the person left)
PEOPLE: tuple[tuple[str, str, str, int | None], ...] = (
    ("Alma Ricci", "coordinator", "South desk", None),
    ("Livia Serra", "coordinator", "South desk", None),
    ("Nico Bassi", "coordinator", "South desk", None),
    ("Bruno Keller", "engineer", "South field", None),
    ("Carla Venturi", "engineer", "South field", None),
    ("Davide Pozzi", "engineer", "South field", None),
    ("Elena Marchi", "engineer", "South field", None),
    ("Franco Ruggeri", "engineer", "South field", None),
    ("Gaia Fontana", "engineer", "South field", None),
    ("Sandro Vitale", "engineer", "South field", None),
    ("Holly Marsh", "coordinator", "West desk", None),
    ("Owen Pryce", "coordinator", "West desk", None),
    ("Priya Nair", "coordinator", "West desk", None),
    ("Callum Reid", "engineer", "West field", None),
    ("Dawn Ashby", "engineer", "West field", None),
    ("Gareth Bowen", "engineer", "West field", None),
    ("Imogen Clarke", "engineer", "West field", None),
    ("Joel Hartley", "engineer", "West field", None),
    ("Kwame Boateng", "engineer", "West field", None),
    ("Moira Lennox", "engineer", "West field", None),
    ("Rhys Tudor", "engineer", "West field", None),
    ("Aino Lehto", "coordinator", "North desk", None),
    ("Kalle Virta", "coordinator", "North desk", None),
    ("Eino Saarinen", "engineer", "North field", 11),
    ("Helmi Ranta", "engineer", "North field", None),
    ("Jari Koskela", "engineer", "North field", None),
    ("Päivi Niemi", "engineer", "North field", 440),
    ("Ville Harju", "engineer", "North field", None),
    ("Tove Lindgren", "engineer", "North field", None),
    ("Marta Kovač", "specialist", TECHNICAL, None),
    ("Jonas Weil", "specialist", TECHNICAL, None),
    ("Sofia Brandt", "specialist", TECHNICAL, None),
    ("Tomás Pereira", "specialist", TECHNICAL, None),
    ("Ines Duarte", "specialist", SOFTWARE, None),
    ("Radek Novotný", "specialist", SOFTWARE, None),
    ("Yusuf Demir", "specialist", SOFTWARE, None),
    ("Greta Olsson", "parts clerk", PARTS, None),
    ("Piotr Zieliński", "parts clerk", PARTS, None),
    ("Noor Haddad", "parts clerk", PARTS, None),
    ("Stella Moreau", "quotes", QUOTES, None),
    ("Hugo Lambert", "quotes", QUOTES, None),
    ("Wanda Frost", "planner", PLANNING, None),
    ("Luca Ferraro", "planner", PLANNING, None),
)

MANAGER = "Nora Holm"
"""Keeps the accounts; no export of a system names her, so only the record does."""


@dataclass(frozen=True, slots=True)
class Account:
    """One customer as the company knows it: name, trade, home region, number of sites."""

    name: str
    trade: str
    region: str
    sites: int
    also: str | None = None  # a second region in which every third site stands


ACCOUNTS = (
    Account("Clinic Nord", "clinic", "North", 4),
    Account("Valbruna Dairy", "dairy", "South", 5),
    Account("Clinic Marevista", "clinic", "South", 2),
    Account("St Oswin's Infirmary", "clinic", "West", 3),
    Account("Clinic Lindenhof", "clinic", "South", 2),
    Account("Harbourside Hospital Trust", "clinic", "West", 4),
    Account("Kuutamo Hospital", "clinic", "North", 2),
    Account("Meadowfold Creamery", "dairy", "West", 3),
    Account("Burnfoot Dairy", "dairy", "West", 2),
    Account("Kuura Dairy", "dairy", "North", 3),
    Account("Latteria Tre Fonti", "dairy", "South", 3),
    Account("Caseificio Monteluce", "dairy", "South", 2),
    Account("Greystone Paper Mill", "paper mill", "West", 2),
    Account("Silverbrook Board", "paper mill", "West", 3, "North"),
    Account("Cartiera Vallescura", "paper mill", "South", 3),
    Account("Harjula Paper", "paper mill", "North", 4),
    Account("Suomenniitty Pulp", "paper mill", "North", 2),
    Account("Old Ferry Brewery", "brewery", "West", 2),
    Account("Three Lamps Brewing", "brewery", "West", 3),
    Account("Birrificio Torre Rossa", "brewery", "South", 2),
    Account("Karhunpolku Brewery", "brewery", "North", 2),
    Account("Brauhaus Steinfurt", "brewery", "South", 3),
    Account("Northfirth Airport", "airport", "West", 2),
    Account("Isola Airport", "airport", "South", 2),
    Account("Revontuli Airport", "airport", "North", 2),
    Account("Porto Sereno Airport", "airport", "South", 3),
    Account("Copperfield Bakeries", "bakery", "West", 5),
    Account("Panificio Aurora", "bakery", "South", 4),
    Account("Tähkä Bakeries", "bakery", "North", 3),
    Account("Fenwright Glass", "glassworks", "West", 2),
    Account("Vetreria Laguna Alta", "glassworks", "South", 2),
    Account("Ashgrove Pharma", "pharma", "West", 4, "South"),
    Account("Farmaceutici Belcolle", "pharma", "South", 3),
    Account("Pohja Laboratories", "pharma", "North", 2),
    Account("Ironbridge Foundry", "foundry", "West", 2),
    Account("Fonderia Pietranera", "foundry", "South", 3),
    Account("Larkspur Textiles", "textile mill", "West", 3),
    Account("Tessitura Fiordaliso", "textile mill", "South", 3),
    Account("Saltmarsh Seafoods", "fish plant", "West", 3),
    Account("Merituuli Fish", "fish plant", "North", 3),
    Account("Brightwater Utilities", "water works", "West", 5),
    Account("Acque del Colle", "water works", "South", 4),
    Account("Hollin Plastics", "plastics", "West", 4, "South"),
    Account("Plastica Adriana", "plastics", "South", 3),
    Account("Kivikko Packaging", "packaging", "North", 3),
    Account("Thornbury Confectioners", "chocolate", "West", 3),
    Account("Cioccolato Ferrante", "chocolate", "South", 3),
)

TOWN_HEADS = {
    "West": ("Alder", "Brack", "Cold", "Dun", "Fern", "Gran", "Hazel", "Lang", "Mill", "Stan"),
    "South": ("Castel", "Borgo", "Monte", "Porto", "Riva", "Rocca", "Torre", "Villa"),
    "North": ("Lumi", "Kivi", "Koivu", "Tuuli", "Hopea", "Suvi", "Kallio", "Metsä"),
}
TOWN_TAILS = {
    "West": ("ford", "ham", "well", "combe", "ton", "stead", "ley"),
    "South": (" Chiara", " Alta", "verde", " San Livio", "franca", "nuova", " d'Ombra"),
    "North": ("koski", "järvi", "lahti", "mäki", "ranta", "saari"),
}
