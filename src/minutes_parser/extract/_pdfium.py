"""PDFium through ctypes, in bulk: the calls we make, typed once.

`pypdfium2.raw` wraps each call; taking the library's addresses makes a call two to three times cheaper and the import
twenty times (measured). PDFium is not thread-safe: one process, one thread.
"""

from __future__ import annotations

import ctypes as c
import os
import sys
from functools import lru_cache
from typing import Any

_INT, _DOUBLE, _FLOAT, _ULONG, _SIZE, _PTR = c.c_int, c.c_double, c.c_float, c.c_ulong, c.c_size_t, c.c_void_p


def _load() -> Any:
    """The library of the installed wheel, without pypdfium2's 4,500 lines of bindings; those where it is elsewhere."""
    from importlib.machinery import PathFinder

    found = PathFinder.find_spec("pypdfium2_raw")
    name = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}.get(sys.platform, "libpdfium.so")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return c.CDLL(path)
    import pypdfium2.raw as raw

    return raw


class Handle(c.c_void_p):
    """A pointer that comes back as it is passed on: a result of the type `c_void_p` itself would be a number."""


class Pdfium:
    """The functions, each named as in PDFium's headers without its prefix."""

    def __init__(self) -> None:
        library = _load()

        def address(name: str) -> int:
            value = c.cast(getattr(library, name), _PTR).value
            assert value is not None
            return value

        def long(name: str, result: Any, *arguments: Any) -> Any:  # gives up the interpreter's lock: the few long calls
            return c.CFUNCTYPE(result, *arguments)(address(name))

        def short(name: str, result: Any) -> Any:  # keeps it, takes handles as c_void_p objects: the many short ones
            return c.PYFUNCTYPE(result)(address(name))

        long("FPDF_InitLibrary", None)()
        self.load_document = long("FPDF_LoadMemDocument64", _PTR, c.c_char_p, _SIZE, c.c_char_p)
        self.close_document = long("FPDF_CloseDocument", None, _PTR)
        self.last_error = long("FPDF_GetLastError", _ULONG)
        self.page_count = long("FPDF_GetPageCount", _INT, _PTR)
        self.load_page = long("FPDF_LoadPage", _PTR, _PTR, _INT)
        self.close_page = long("FPDF_ClosePage", None, _PTR)
        self.width = long("FPDF_GetPageWidthF", _FLOAT, _PTR)
        self.height = long("FPDF_GetPageHeightF", _FLOAT, _PTR)
        self.rotation = long("FPDFPage_GetRotation", _INT, _PTR)
        self.bounding_box = long("FPDF_GetPageBoundingBox", _INT, _PTR, _PTR)
        self.text_load = long("FPDFText_LoadPage", _PTR, _PTR)
        self.text_close = long("FPDFText_ClosePage", None, _PTR)
        self.text_count = long("FPDFText_CountChars", _INT, _PTR)
        self.text_get = long("FPDFText_GetText", _INT, _PTR, _INT, _INT, _PTR)
        self.object_font = short("FPDFTextObj_GetFont", _PTR)
        self.object_mode = short("FPDFTextObj_GetTextRenderMode", _INT)
        self.font_name = long("FPDFFont_GetBaseFontName", _SIZE, _PTR, _PTR, _SIZE)
        self.font_flags = long("FPDFFont_GetFlags", _INT, _PTR)
        self.count_objects = long("FPDFPage_CountObjects", _INT, _PTR)
        self.get_object = short("FPDFPage_GetObject", Handle)
        self.object_type = short("FPDFPageObj_GetType", _INT)
        self.object_bounds = short("FPDFPageObj_GetBounds", _INT)
        self.object_matrix = short("FPDFPageObj_GetMatrix", _INT)
        self.path_count = short("FPDFPath_CountSegments", _INT)
        self.path_segment = short("FPDFPath_GetPathSegment", Handle)
        self.segment_point = short("FPDFPathSegment_GetPoint", _INT)
        self.segment_type = short("FPDFPathSegment_GetType", _INT)
        self.segment_close = short("FPDFPathSegment_GetClose", _INT)
        self.form_count = short("FPDFFormObj_CountObjects", _INT)
        self.form_object = short("FPDFFormObj_GetObject", Handle)
        self.loose_box = short("FPDFText_GetLooseCharBox", _INT)
        self.text_object = short("FPDFText_GetTextObject", _PTR)
        self.font_size = short("FPDFText_GetFontSize", _DOUBLE)
        self.matrix = short("FPDFText_GetMatrix", _INT)
        self.hyphen = short("FPDFText_IsHyphen", _INT)
        self.unmapped = short("FPDFText_HasUnicodeMapError", _INT)
        self.unicode = short("FPDFText_GetUnicode", c.c_uint)


@lru_cache(maxsize=1)
def pdfium() -> Pdfium:
    """The library, initialised once; any call before that would crash."""
    return Pdfium()
