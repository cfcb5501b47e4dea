#!/usr/bin/python3
"""Makes the fonts in this folder from those that Debian 12 ships.

    apt-get install fonts-noto-core fonts-noto-cjk-extra python3-fonttools
    /usr/bin/python3 make.py /usr/share/fonts

Only what a title needs is kept: letters, digits, punctuation, and the tables that
join and place them. The same packages give the same bytes.
"""
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

PUNCTUATION = "20-7E A0-BB 2010-2015 2018-201E 2022 2026 200C-200F 25CC "
SCRIPTS = {
    "NotoSans": PUNCTUATION + "BF-24F 259 300-36F 370-3FF 400-52F 1E00-1EFF 20A0-20BF 2116 2122 2190-2193 2212",
    "NotoSansArabic": PUNCTUATION + "600-6FF 750-77F 8A0-8B4",
    "NotoSansDevanagari": PUNCTUATION + "900-97F 1CD0-1CF6 20B9 A8E0-A8FF",
    "NotoSansHebrew": PUNCTUATION + "5B0-5F4 20AA",
    "NotoSansThai": PUNCTUATION + "E01-E5B",
}
# What Chinese, Japanese and Korean have in common: punctuation, kana, full width.
SHARED = PUNCTUATION + "BF-17F 20AC 203B 2032 2033 2122 2190-2193 2460-2473 25A0-25CF 3000-30FF 3105-312F 31F0-31FF FF00-FFEF"


def ranges(text):
    chars = set()
    for each in text.split():
        first, _, last = each.partition("-")
        chars.update(range(int(first, 16), int(last or first, 16) + 1))
    return chars


def charset(codec, leads, trails, last=0xFFFF):
    """The characters of two bytes that an old national character set has."""
    chars = set()
    for lead in leads:
        for trail in trails:
            try:
                text = bytes([lead, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and lead << 8 | trail <= last:
                chars.add(ord(text))
    return {c for c in chars if 0x3400 <= c < 0xA000 or 0xAC00 <= c < 0xD7A4}


UPPER = range(0xA1, 0xFF)
JAPANESE = charset("euc_jp", range(0xA1, 0xF5), UPPER)  # JIS X 0208, levels 1 and 2
SIMPLIFIED = charset("gb2312", range(0xA1, 0xF8), UPPER)
TRADITIONAL = charset("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *UPPER], 0xC67E)  # level 1
HANGUL = {c for c in charset("euc_kr", UPPER, UPPER) if c >= 0xAC00}  # KS X 1001


def substitutions(font, language):
    """Which glyph a language has in place of the Japanese one."""
    gsub = font["GSUB"].table
    script = next(s.Script for s in gsub.ScriptList.ScriptRecord if s.ScriptTag == "hani")
    system = next(l.LangSys for l in script.LangSysRecord if l.LangSysTag == language)
    features = [gsub.FeatureList.FeatureRecord[i] for i in system.FeatureIndex]
    maps = []
    for feature in features:
        if feature.FeatureTag == "locl":
            for i in feature.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[i].SubTable:
                    maps.append(getattr(table, "ExtSubTable", table).mapping)
    return max(maps, key=len)  # beside a short one of symbols that all share


def localize(font):
    """Each character keeps the forms of the languages that write it, no others:
    the first of them is the one that the font shows by itself."""
    simplified, traditional = substitutions(font, "ZHS "), substitutions(font, "ZHT ")
    forms = {"ZHS ": {}, "ZHT ": {}}
    everyone = ranges(SHARED)
    cmap = font.getBestCmap()
    for char in JAPANESE | SIMPLIFIED | TRADITIONAL | everyone:
        if char not in cmap:
            continue
        glyph = own = cmap[char]
        hans, hant = simplified.get(glyph, glyph), traditional.get(glyph, glyph)
        if char not in JAPANESE | everyone:
            own = hans if char in SIMPLIFIED else hant
        if char in SIMPLIFIED | everyone and hans != own:
            forms["ZHS "][own] = hans
        if char in TRADITIONAL | everyone and hant != own:
            forms["ZHT "][own] = hant
        for table in font["cmap"].tables:
            if char in getattr(table, "cmap", {}):
                table.cmap[char] = own
    for mapping, kept in ((simplified, forms["ZHS "]), (traditional, forms["ZHT "])):
        mapping.clear()
        mapping.update(kept)


def save(font, chars, features, name, scripts=None):
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = ["*"]  # the licence travels along
    options.hinting = False
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    if scripts:
        options.layout_scripts = scripts
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chars)
    subsetter.subset(font)
    subset.save_font(font, name, options)


def main(fonts):
    for script, chars in SCRIPTS.items():
        for weight in ("Regular", "Bold"):
            font = TTFont(f"{fonts}/truetype/noto/{script}-{weight}.ttf", recalcTimestamp=False)
            save(font, ranges(chars), ["*"], f"{script}-{weight}.ttf")
    font = TTFont(f"{fonts}/opentype/noto/NotoSansCJK-Medium.ttc", fontNumber=0, recalcTimestamp=False)
    localize(font)
    save(font, JAPANESE | SIMPLIFIED | TRADITIONAL | HANGUL | ranges(SHARED), ["locl", "ccmp", "kern"], "NotoSansCJK-Medium.otf",
         ["DFLT.dflt", "latn.dflt", "kana.dflt", "hang.dflt", "hani.dflt", "hani.ZHS", "hani.ZHT"])


main(sys.argv[1])
