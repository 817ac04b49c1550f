"""What countries are called in registers: two and three letters of ISO 3166, and names."""

from __future__ import annotations

from functools import cache

from wellkept.record.sources.words import normal

_COUNTRIES = """
AE are: united arab emirates, uae, vereinigte arabische emirate
AR arg: argentina, argentinien, argentine
AT aut: austria, osterreich, autriche, oostenrijk, a
AU aus: australia, australien, australie
BE bel: belgium, belgien, belgique, belgio, belgica, belgie
BG bgr: bulgaria, bulgarien, bulgarie
BR bra: brazil, brasilien, bresil, brasile, brasil, brazilie
CA can: canada, kanada
CH che: switzerland, schweiz, suisse, svizzera, suiza, zwitserland, suica, szwajcaria
CL chl: chile, chili, cile
CN chn: china, chine, cina, pr china, peoples republic of china
CO col: colombia, kolumbien, colombie
CY cyp: cyprus, zypern, chypre, cipro
CZ cze: czech republic, czechia, tschechien, tschechische republik, republique tcheque, tchequie,
    repubblica ceca, tsjechie
DE deu: germany, deutschland, allemagne, germania, alemania, duitsland, alemanha, niemcy, brd, d
DK dnk: denmark, danemark, danimarca, dinamarca, denemarken, dania
EE est: estonia, estland, estonie
EG egy: egypt, agypten, egypte
ES esp: spain, spanien, espagne, spagna, espana, spanje, espanha, hiszpania, e
FI fin: finland, finnland, finlande, finlandia
FR fra: france, frankreich, francia, frankrijk, franca, francja, f
GB gbr: united kingdom, great britain, england, scotland, wales, northern ireland, uk, vereinigtes
    konigreich, grossbritannien, royaume uni, regno unito, reino unido, verenigd koninkrijk, gb
GR grc: greece, griechenland, grece, grecia, griekenland
HK hkg: hong kong, hongkong
HR hrv: croatia, kroatien, croatie, croazia
HU hun: hungary, ungarn, hongrie, ungheria, hongarije
IE irl: ireland, irland, irlande, irlanda, ierland
IL isr: israel
IN ind: india, indien, inde
IS isl: iceland, island, islande
IT ita: italy, italien, italie, italia, wlochy, i
JP jpn: japan, japon, giappone
KR kor: south korea, korea, sudkorea, republic of korea, coree du sud, corea del sud
LI lie: liechtenstein
LT ltu: lithuania, litauen, lituanie
LU lux: luxembourg, luxemburg, lussemburgo, luxemburgo
LV lva: latvia, lettland, lettonie
MA mar: morocco, marokko, maroc, marocco, marruecos
MT mlt: malta, malte
MX mex: mexico, mexiko, mexique, messico
NL nld: netherlands, the netherlands, holland, niederlande, pays bas, paesi bassi, paises bajos,
    nederland, paises baixos, holandia
NO nor: norway, norwegen, norvege, norvegia, noruega, noorwegen
NZ nzl: new zealand, neuseeland
PE per: peru, perou
PL pol: poland, polen, pologne, polonia, polska
PT prt: portugal, portogallo
RO rou: romania, rumanien, roumanie
RS srb: serbia, serbien, serbie
SA sau: saudi arabia, saudi arabien, arabie saoudite
SE swe: sweden, schweden, suede, svezia, suecia, zweden, szwecja
SG sgp: singapore, singapur, singapour
SI svn: slovenia, slowenien, slovenie
SK svk: slovakia, slowakei, slovaquie
TH tha: thailand, thailande
TN tun: tunisia, tunesien, tunisie
TR tur: turkey, turkiye, turkei, turquie, turchia, turquia
TW twn: taiwan
UA ukr: ukraine, ucraina, ucrania
US usa: united states, united states of america, usa, u s a, vereinigte staaten, etats unis, stati
    uniti, estados unidos, verenigde staten, stany zjednoczone
VN vnm: vietnam, viet nam
ZA zaf: south africa, sudafrika, afrique du sud, sudafrica
"""


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _COUNTRIES.replace("\n    ", " ").strip().splitlines():
        head, _, names = entry.partition(":")
        code, longer = head.split()
        for name in (code.lower(), longer, *(one.strip() for one in names.split(","))):
            found[name] = code
    return found


def country_code(text: str) -> str | None:
    """This will give the two letters of a country; None where its name is not known.

    Two letters that are no name here are taken for what they are: ISO has more than these.

    >>> country_code("Österreich"), country_code("deu"), country_code("SN"), country_code("Utopia")
    ('AT', 'DE', 'SN', None)
    """
    known = _codes().get(normal(text))
    bare = text.strip().upper()
    return known or (bare if len(bare) == 2 and bare.isascii() and bare.isalpha() else None)
