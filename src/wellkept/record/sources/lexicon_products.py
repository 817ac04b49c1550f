"""Headers and words of a list of products: a catalogue, a material master, models of equipment.

One entry per notion, one text per tier, best first, as the other lexica have theirs.
"""

from __future__ import annotations

from wellkept.record.sources.heading import bag

PRODUCT_THINGS: dict[str, tuple[str, ...]] = {
    "product_no": (
        """product number, product no, product nr, product code, product id, item number, item no,
        item nr, item code, material number, material no, material code, material id, material,
        part number, part no, article number, article no, article code, article, sku, catalog
        number, catalogue number, catalog no, model number, model no, model code, model id,
        produktnummer, produktnr, produkt nr, artikelnummer, artikelnr, artikel nr, artikelcode,
        artikel, materialnummer, materialnr, material nr, typnummer, modellnummer, sachnummer,
        numero article, code article, reference article, reference produit, code produit, numero
        produit, ref article, ref produit, reference fabricant, articolo, codice articolo, codice
        prodotto, numero articolo, cod articolo, codice materiale, articulo, codigo articulo,
        codigo producto, numero producto, numero articulo, codigo material, referencia producto,
        codigo produto, artigo, productnummer, productnr, productcode, numer produktu, kod
        produktu, numer artykulu, indeks produktu""",
    ),
    "catalogue_no": (
        """internal reference, default code, itemnum, stock keeping unit, manufacturer part number,
        manufacturer product number, cmdb model number, catalog id, catalogue id""",
    ),
    "product_name": (
        """product name, model name, item name, material name, article name, produktname,
        produktbezeichnung, artikelbezeichnung, artikelname, materialbezeichnung, materialkurztext,
        modellbezeichnung, modellname, nom produit, nom article, designation article, designation
        produit, libelle article, libelle produit, nome prodotto, nome articolo, descrizione
        articolo, descrizione prodotto, nombre producto, nombre articulo, descripcion articulo,
        descripcion producto, nome produto, productnaam, artikelnaam, productomschrijving,
        artikelomschrijving, nazwa produktu, nazwa artykulu""",
        """material description, material descr, article description, model description, itemdesc,
        product title, materialtext""",
    ),
    "family": (
        """family, product family, model family, product group, product line, product series,
        material group, matl group, item group, article group, commodity group, commoditygroup,
        product hierarchy, produktfamilie, produktgruppe, produktlinie, warengruppe, materialgruppe,
        artikelgruppe, baureihe, famille, famille produit, famille article, gamme, gamme produit,
        groupe article, famiglia, famiglia prodotto, famiglia articolo, gruppo merceologico, linea
        prodotto, familia, familia producto, familia articulo, grupo articulos, linea producto,
        familia produto, productfamilie, productgroep, artikelgroep, rodzina produktow, grupa
        produktow""",
        """product category, item category, model category, model categories, cmdb model category,
        series, categ id""",
    ),
    "product_kind": (
        """product kind, product type, item type, itemtype, article type, model type, material type,
        matl type, mtyp, m typ, detailed type, sys class name, model class, produktart, produkttyp,
        artikelart, artikeltyp, materialart, modelltyp, type produit, type article, type modele,
        tipo prodotto, tipo articolo, tipo modello, tipo producto, tipo articulo, tipo material,
        tipo produto, producttype, artikelsoort, soort product, typ produktu, rodzaj produktu""",
    ),
    "expected_life": (
        """expected life, expected life years, expected lifetime, useful life, service life, design
        life, lifetime years, life expectancy, nutzungsdauer, lebensdauer, erwartete lebensdauer,
        duree vie, duree de vie, duree utile, vita utile, vita attesa, durata utile, vida util,
        verwachte levensduur, levensduur, okres uzytkowania""",
    ),
}

PRODUCT_MOMENTS: dict[str, tuple[str, ...]] = {
    "launched": (
        """launch date, launched, market launch, product launch, date of launch, general
        availability, general availability date, ga date, release to market, introduction date,
        introduced, released on, release date, product release date, markteinfuhrung, eingefuhrt am,
        lancement, date de lancement, mise sur le marche, lancio, data lancio, lanzamiento, fecha
        lanzamiento, lancamento, marktintroductie, introductiedatum, data wprowadzenia na rynek""",
        "available from, sales start, sales start date, start of sale, vertriebsstart",
    ),
    "sale_ends": (
        """end of sale, end of sale date, end of sales, end of sales date, eos date, last order
        date, last sale date, last sales date, last buy date, last time buy, sale end, sales end,
        sales end date, discontinued, discontinued on, discontinuation date, end of marketing,
        vertriebsende, verkaufsende, abgekundigt am, auslauf, auslaufdatum, fin de
        commercialisation, fin commercialisation, arret commercialisation, fin de vente, fine
        vendita, fine commercializzazione, fuori produzione dal, fin de venta, fin venta, fin
        comercializacion, descatalogado, einde verkoop, uit verkoop, koniec sprzedazy, wycofano""",
        """end of life, eol, eol date, end of life date, end of production, production end,
        lebensende, produktionsende, fin de vie, fine vita, fine produzione, fin de vida, fin
        produccion, einde levensduur""",
    ),
    "support_ends": (
        """end of support, end of support date, end of service, end of service date, end of service
        life, eosl, eosl date, eol support, support end, support ends, support end date, support
        until, service until, serviced until, last service date, last support date, service end,
        supportende, serviceende, wartungsende, ende der wartung, servicierbar bis, fin de support,
        fin du support, fin de maintenance, fine supporto, fine assistenza, fin de soporte, fin
        soporte, fin de asistencia, fim de suporte, einde ondersteuning, einde support, koniec
        wsparcia""",
    ),
}

PRODUCT_KIND_WORDS: dict[str, str] = {
    "hardware": """hardware, hw, hardware model, hardware product, equipment, device, machine,
        machinery, physical, physical product, physical good, apparatus, unit, system hardware,
        gerat, maschine, anlage, anlagen, gerate, materiel, appareil, machines, equipement,
        apparecchiatura, macchina, macchinario, apparecchio, impianto, equipo, maquina, aparato,
        equipamento, aparelho, apparaat, toestel, urzadzenie, maszyna, sprzet""",
    "software": """software, sw, software model, software product, application, application model,
        firmware, licence, license, software licence, software license, app, subscription software,
        lizenz, softwarelizenz, anwendung, logiciel, licence logicielle, applicazione, licenza,
        licenza software, programma, programa, licencia, aplicacion, licenca, softwarelicentie,
        licentie, toepassing, oprogramowanie, licencja""",
}
"""What says whether a product is hardware or software; other words say neither."""

LISTS = bag(
    """product products material materials matmaster article articles item items model models
    catalog catalogue produkt produkte artikel artikelstamm materialstamm produktstamm
    produktkatalog produit produits catalogue prodotto prodotti articoli catalogo producto
    productos articulos produto produtos artigos producten artikelen product2 cmdb_model makt mara
    produkty artykuly modelle modeles modelli modelos modellen"""
)
"""Words in the name of a file that lists products."""

PARTS = bag(
    """part parts spare spares ersatzteil ersatzteile piece pieces rechange ricambio ricambi
    repuesto repuestos recambio recambios onderdeel onderdelen czesc czesci"""
)
"""Words of lists of spare parts, which are no products."""
