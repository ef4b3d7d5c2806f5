//! What people have: PDFs of ordinary writers, scanners, phones and signing programs.

use super::layout::Thing::{Is, Stream};
use super::layout::{Content, Thing, of};

const FONT: Thing = Is("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

/// What people have: of ordinary writers, scanners, phones and signing programs.
pub const HARMLESS: [Content; 35] = [
    of("a blank page", "", &[]),
    of(
        "names of nothing",
        "/Names << /JavaScript << /Names [] >> /EmbeddedFiles << /Names [] >> /Dests << /Names [] >> >>",
        &[],
    ),
    of(
        "the same in objects of their own",
        "/Names << /JavaScript 4 0 R /EmbeddedFiles 5 0 R >>",
        &[Is("<< /Kids [] >>"), Is("<< /Names 6 0 R >>"), Is("[]")],
    ),
    of(
        "a scanner's picture",
        "",
        &[
            Stream(
                "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
                b"\xff\xd8\xff\xe0<<obj /JS endobj>>",
            ),
            Is("<< /Title (Scan_0001) /Creator (KODAK Capture Pro) /Producer (/JavaScript /Launch) >>"),
        ],
    ),
    of(
        "a fax",
        "",
        &[Stream(
            "/Type /XObject /Subtype /Image /Width 1728 /Height 1 /ImageMask true /Filter [/CCITTFaxDecode] /DecodeParms [<< /K -1 /Columns 1728 >>]",
            b"\x00\x10",
        )],
    ),
    of(
        "text that a reader was taught to see",
        "",
        &[Stream("", b"BT /F1 9 Tf 3 Tr (objeto << /S /Launch >> /JavaScript) Tj ET"), FONT],
    ),
    of(
        "a word processor's styles",
        "/MarkInfo << /Marked true >> /Lang (es-CL) /StructTreeRoot 4 0 R",
        &[
            Is(
                "<< /Type /StructTreeRoot /K 5 0 R /RoleMap << /Launch /P /JavaScript /Span /Screen /Figure >> >>",
            ),
            Is("<< /Type /StructElem /S /Screen /P 4 0 R /T (Movie) /K [6 0 R] >>"),
            Is("<< /Type /StructElem /S /Sound /P 5 0 R /Pg 3 0 R /K 0 >>"),
        ],
    ),
    of("it opens at the top", "/OpenAction [3 0 R /XYZ null null 0] /PageMode /UseOutlines", &[]),
    of("it opens at its first page", "/OpenAction << /S /Named /N /FirstPage >>", &[]),
    of(
        "places by name",
        "/Names << /Dests << /Names [(JavaScript) [3 0 R /Fit] (EmbeddedFiles) [3 0 R /Fit]] >> >> /Dests << /JS [3 0 R /Fit] /Launch [3 0 R /Fit] /AA [3 0 R /Fit] >>",
        &[
            Is("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest /JavaScript /F 4 >>"),
            Is("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D (Launch) >> >>"),
        ],
    ),
    of(
        "an outline",
        "/Outlines 4 0 R",
        &[
            Is("<< /Type /Outlines /First 5 0 R /Last 5 0 R /Count 1 >>"),
            Is(
                "<< /Title (/JS \\(Launch\\)) /Parent 4 0 R /A << /S /GoTo /D [3 0 R /Fit] >> /F 2 /C [0 0 1] >>",
            ),
        ],
    ),
    of(
        "a printed page of the Web",
        "",
        &[Is(
            "[<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://sence.gob.cl/?a=b:c) >> >> << /Type /Annot /Subtype /Link /A << /S /URI /URI (mailto:ana@ejemplo.cl?subject=a:b) >> >> << /A << /S /URI /URI (javascript:void\\(0\\);) >> >> << /A << /S /URI /URI (javascript:) >> >> << /A << /S /URI /URI (tel:+56225551234) >> >>]",
        )],
    ),
    of(
        "a signature",
        "/AcroForm << /Fields [4 0 R] /SigFlags 3 >> /Perms << /DocMDP 5 0 R >>",
        &[
            Is(
                "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma) /V 5 0 R /F 132 /P 3 0 R /Rect [0 0 0 0] /Lock << /Type /SigFieldLock /Action /All >> >>",
            ),
            Is(
                "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 100 200 300] /Contents <3082000000000000> /M (D:20261103101500-03'00') /Name (Ana) /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 2 /V /1.2 >> >>] /Prop_Build << /App << /Name /Firma /OS [/Win] /REx (11.0) >> >> >>",
            ),
        ],
    ),
    of(
        "what proves a signature later",
        "/DSS << /Certs [4 0 R] /OCSPs [] /CRLs [] /VRI << /AB12 << /Cert [4 0 R] /TU (D:2026) >> >> >>",
        &[
            Stream("", b"0\x82\x01 obj /JS"),
            Is("<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /Contents <30> >>"),
        ],
    ),
    of(
        "the reader's rights",
        "/Perms << /UR3 4 0 R >>",
        &[Is(
            "<< /Type /Sig /Reference [<< /Type /SigRef /TransformMethod /UR3 /TransformParams << /Type /TransformParams /V /2.2 /EF [/Create /Delete /Modify /Import] /Form [/Add /Delete /FillIn /Import /Export /SubmitStandalone /SpawnTemplate] /Signature [/Modify] /Document [/FullSave] >> >>] >>",
        )],
    ),
    of(
        "a form that is filled in",
        "/AcroForm << /Fields [5 0 R 6 0 R] /NeedAppearances true /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv 4 0 R >> >> >>",
        &[
            FONT,
            Is(
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (JavaScript) /V (/Launch) /DV () /F 4 /AA << >> >>",
            ),
            Is(
                "<< /Type /Annot /Subtype /Widget /FT /Btn /T (Acepto) /AS /Off /AP << /N << /JS 7 0 R /Off 7 0 R >> /D << /AA 7 0 R >> >> /MK << /CA (4) >> >>",
            ),
            Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"q Q"),
        ],
    ),
    of(
        "a form whose other half was taken out",
        "/AcroForm << /Fields [] /XFA null >>",
        &[Is("<< /Fields [] /XFA [] >>")],
    ),
    of(
        "a layout program's flows",
        "",
        &[
            Is("<< /Type /ContentRegion /F 5 0 R /N 4 0 R >>"),
            Is("<< /Type /Flow /F 4 0 R /N 5 0 R /Name (DefaultFlow) >>"),
        ],
    ),
    of(
        "resources of odd names",
        "",
        &[
            Is(
                "<< /Font << /AA 5 0 R /JS 5 0 R /EF 5 0 R /XFA 5 0 R /F 5 0 R /OpenAction 5 0 R /EmbeddedFiles 5 0 R /Collection 5 0 R >> /ExtGState << /AA << /Type /ExtGState /D [[3] 0] /O 1 >> /OPI << /CA 1 >> >> /XObject << /URI 6 0 R /Ref 6 0 R /RichMediaContent 6 0 R >> >>",
            ),
            FONT,
            Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"q Q"),
        ],
    ),
    of(
        "the same in objects of their own",
        "",
        &[
            Is("<< /Font 5 0 R /ExtGState 6 0 R >>"),
            Is("<< /AA 7 0 R /JS 7 0 R /EF 7 0 R /XFA 7 0 R /F 7 0 R >>"),
            Is("<< /AA << /Type /ExtGState /D [[3] 0] >> >>"),
            FONT,
        ],
    ),
    of(
        "colours",
        "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /DestOutputProfile 4 0 R >>]",
        &[Stream("/N 3 /Alternate /DeviceRGB", b"\x00\x00\x02\x30lcms\x02\x10\x00\x00mntrRGB XYZ ")],
    ),
    of(
        "metadata",
        "/Metadata 4 0 R",
        &[Stream(
            "/Type /Metadata /Subtype /XML",
            b"<x:xmpmeta>/JavaScript obj /Launch << /EmbeddedFile</x:xmpmeta>",
        )],
    ),
    of(
        "numbers of pages",
        "/PageLabels << /Nums [0 << /S /r >> 4 << /S /D /St 1 >>] >> /ViewerPreferences << /DisplayDocTitle true >>",
        &[],
    ),
    of(
        "notes",
        "",
        &[Is(
            "[<< /Type /Annot /Subtype /Text /F 28 /Contents (/JS) /Name /Comment >> << /Type /Annot /Subtype /Highlight /QuadPoints [0 0 1 1 2 2 3 3] /F 4 >> << /Type /Annot /Subtype /FreeText /DA (/Helv 9 Tf) /DS (font: 9pt) >> << /Type /Annot /Subtype /Stamp /Name /Approved >> << /Type /Annot /Subtype /Ink /InkList [[0 0 1 1]] >> << /Type /Annot /Subtype /Popup /Open false >>]",
        )],
    ),
    of(
        "layers",
        "/OCProperties << /OCGs [4 0 R] /D << /Order [4 0 R] /ON [4 0 R] /AS [<< /Event /View /OCGs [4 0 R] /Category [/View] >>] >> >>",
        &[Is(
            "<< /Type /OCG /Name (JavaScript) /Usage << /Print << /Subtype /Watermark /PrintState /ON >> >> >>",
        )],
    ),
    of(
        "a field that comes into sight",
        "",
        &[Is(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /AA << /Fo << /S /GoTo /D [3 0 R /FitR 0 0 9 9] >> >> >>",
        )],
    ),
    of("a slide", "", &[Is("<< /Type /Page /Trans << /S /Glitter /Di 0 /D 1 >> /Dur 4 >>")]),
    of(
        "buttons that turn pages",
        "",
        &[
            Is("<< /Type /Annot /Subtype /Link /A << /S /Named /N /NextPage >> >>"),
            Is("<< /Type /Annot /Subtype /Link /A << /S /Named /N /Print >> >>"),
        ],
    ),
    of(
        "a picture program's own data",
        "/PieceInfo << /AdobePhotoshop << /LastModified (D:2026) /Private 4 0 R >> >>",
        &[
            Is("<< /Name (/EF) /Creator (Adobe) /ContainerVersion 11 /AIMetaData 5 0 R >>"),
            Stream("/Filter /ASCIIHexDecode", b"2f4a53>"),
        ],
    ),
    of(
        "a link to a page of the office",
        "",
        &[
            Is("<< /Type /Annot /Subtype /Link /A << /S /URI /URI (www.sence.cl/empresas) >> >>"),
            Is("<< /S /URI /URI (HTTP://SENCE.CL) /IsMap false >>"),
        ],
    ),
    of(
        "where the links begin",
        "/URI << /Base (https://www.sence.cl/) >>",
        &[Is("<< /S /URI /URI (empresas/a.html#b:c) >>")],
    ),
    of(
        "an order of articles",
        "/Threads [4 0 R]",
        &[
            Is("<< /Type /Thread /F 5 0 R /I << /Title (JS) >> >>"),
            Is("<< /Type /Bead /T 4 0 R /N 5 0 R /V 5 0 R /P 3 0 R /R [0 0 9 9] >>"),
        ],
    ),
    of(
        "names that are written in escapes",
        "",
        &[Is(
            "<< /Type /Font /Subtype /TrueType /BaseFont /Times#20New#20Roman#2cBold /Encoding /WinAnsiEncoding >>",
        )],
    ),
    of(
        "letters of a font",
        "",
        &[
            Is("<< /Type /Encoding /Differences [65 /JS /AA /Launch /JavaScript /EF] >>"),
            Is("<< /CharProcs << /JS 6 0 R /AA 6 0 R /F 6 0 R >> >>"),
            Stream("", b"0 0 0 0 9 9 d1"),
        ],
    ),
    of(
        "a picture of the page",
        "",
        &[
            Is("<< /Type /Page /Thumb 5 0 R /Tabs /S /UserUnit 1 /Rotate 90 >>"),
            Stream("/Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8", b"abc"),
        ],
    ),
];
