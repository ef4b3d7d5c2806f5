//! What does more than show pages.

use totem::domain::document::Active::{self, Action, Attachment, JavaScript, Launch};

use super::layout::Thing::{Is, Stream};
use super::layout::{Content, of};

/// What does more than show pages.
pub const ACTIVE: [(Active, Content); 36] = [
    (
        JavaScript,
        of("a script on opening", "/OpenAction 4 0 R", &[Is("<< /S /JavaScript /JS (app.alert\\(1\\)) >>")]),
    ),
    (
        JavaScript,
        of(
            "a script that lies in a stream",
            "/OpenAction << /S /JavaScript /JS 4 0 R >>",
            &[Stream("", b"app.alert(1)")],
        ),
    ),
    (
        JavaScript,
        of(
            "a script of the document",
            "/Names << /JavaScript << /Kids [4 0 R] >> >>",
            &[Is("<< /Limits [(a) (a)] /Names [(a) 5 0 R] >>"), Is("<< /S /JavaScript /JS (a) >>")],
        ),
    ),
    (
        JavaScript,
        of(
            "a script of a page",
            "",
            &[Is("<< /Type /Page /AA << /O 5 0 R >> >>"), Is("<< /S /JavaScript /JS (a) >>")],
        ),
    ),
    (
        JavaScript,
        of(
            "a field that computes",
            "/AcroForm << /Fields [4 0 R] /CO [4 0 R] >>",
            &[Is("<< /FT /Tx /T (a) /AA << /C << /S /JavaScript /JS (AFSimple_Calculate\\(\\)) >> >> >>")],
        ),
    ),
    (
        JavaScript,
        of(
            "a field that formats",
            "/AcroForm << /Fields [4 0 R] >>",
            &[
                Is("<< /FT /Tx /T (a) /AA << /F 5 0 R >> >>"),
                Is("<< /S /JavaScript /JS (AFDate_FormatEx\\(\\)) >>"),
            ],
        ),
    ),
    (
        JavaScript,
        of(
            "a link that is followed by a script",
            "",
            &[Is(
                "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://a.example) /Next [<< /S /JavaScript /JS (a) >>] >> >>",
            )],
        ),
    ),
    (JavaScript, of("a script in escapes", "", &[Is("<< /#53 /Java#53cript /J#53 (a) >>")])),
    (
        JavaScript,
        of(
            "a script that poses as an element of the structure",
            "",
            &[Is("<< /Type /StructElem /P 4 0 R /K 0 /S /JavaScript /JS (a) >>")],
        ),
    ),
    (
        JavaScript,
        of(
            "a script that poses as a font",
            "",
            &[Is("<< /Type /Font /Subtype /Type1 /S /JavaScript /JS (a) >>")],
        ),
    ),
    (
        JavaScript,
        of(
            "a picture with three dimensions and a script",
            "",
            &[Stream("/Type /3DModel /Subtype /U3D /OnInstantiate 5 0 R", b"U3D"), Stream("", b"a")],
        ),
    ),
    (JavaScript, of("a rendition with a script", "", &[Is("<< /S /Rendition /OP 0 /JS (a) >>")])),
    (
        Launch,
        of("a program", "", &[Is("<< /Type /Annot /Subtype /Link /A << /S /Launch /F (calc.exe) >> >>")]),
    ),
    (
        Launch,
        of("a program of Windows", "/OpenAction << /S /Launch /Win << /F (cmd.exe) /P (/c a) >> >>", &[]),
    ),
    (
        Launch,
        of(
            "a program behind a bookmark",
            "/Outlines 4 0 R",
            &[
                Is("<< /First 5 0 R >>"),
                Is("<< /Title (a) /A << /S /La#75nch /F << /Type /Filespec /F (a.bat) >> >> >>"),
            ],
        ),
    ),
    (
        Launch,
        of(
            "a program that poses as an element of the structure",
            "",
            &[Is("<< /P 4 0 R /K 0 /S /Launch /Win << /F (a) >> >>")],
        ),
    ),
    (
        Attachment,
        of(
            "a file",
            "/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>",
            &[
                Is("<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>"),
                Stream("/Type /EmbeddedFile", b"MZ"),
            ],
        ),
    ),
    (
        Attachment,
        of("a file without a type", "", &[Is("<< /UF (a.exe) /EF << /UF 5 0 R >> >>"), Stream("", b"MZ")]),
    ),
    (
        Attachment,
        of(
            "an invoice with its data",
            "/AF [4 0 R]",
            &[
                Is("<< /Type /Filespec /AFRelationship /Data /F (factura.xml) /EF << /F 5 0 R >> >>"),
                Stream("/Type /EmbeddedFile /Subtype /text#2Fxml", b"<a/>"),
            ],
        ),
    ),
    (
        Attachment,
        of(
            "a paper clip",
            "",
            &[Is("<< /Type /Annot /Subtype /FileAttachment /Name /Paperclip /FS 5 0 R >>"), Is("<< >>")],
        ),
    ),
    (Attachment, of("a portfolio", "/Collection << /Type /Collection /View /T >>", &[])),
    (
        Attachment,
        of(
            "media",
            "",
            &[Is("<< /Type /Annot /Subtype /RichMedia /RichMediaContent << /Assets << /Names [] >> >> >>")],
        ),
    ),
    (Attachment, of("a way into another file", "", &[Is("<< /S /GoToE /T << /R /C /N (a) >> >>")])),
    (Action, of("a film", "", &[Is("<< /Type /Annot /Subtype /Movie /Movie << /F (a.avi) >> >>")])),
    (Action, of("a noise", "", &[Is("<< /S /Sound /Sound 5 0 R >>"), Stream("/R 8000", b"aa")])),
    (Action, of("a screen", "", &[Is("<< /Type /Annot /Subtype /Screen >>")])),
    (
        Action,
        of(
            "a form that is sent",
            "",
            &[Is("<< /FT /Btn /A << /S /SubmitForm /F << /FS /URL /F (https://a.example) >> >> >>")],
        ),
    ),
    (Action, of("a form that takes data in", "", &[Is("<< /S /ImportData /F (a.fdf) >>")])),
    (
        Action,
        of(
            "a form of the other kind",
            "/AcroForm << /Fields [] /XFA [(template) 4 0 R] >>",
            &[Stream("", b"<template/>")],
        ),
    ),
    (Action, of("the same in one piece", "/AcroForm << /XFA 4 0 R >>", &[Stream("", b"<xdp/>")])),
    (Action, of("a page of another file", "", &[Is("<< /S /GoToR /F (otro.pdf) /D [0 /Fit] >>")])),
    (Action, of("a link that is opened at once", "/OpenAction << /S /URI /URI (https://a.example) >>", &[])),
    (Action, of("it prints itself", "/OpenAction << /S /Named /N /Print >>", &[])),
    (Action, of("a link to a share", "", &[Is("<< /S /URI /URI (\\\\\\\\malo\\\\a) >>")])),
    (
        Action,
        of("a link to a file", "", &[Is("<< /Type /Annot /A << /S /URI /URI (file:///C:/a.exe) >> >>")]),
    ),
    (Action, of("a link that runs", "", &[Is("<< /S /URI /URI (javascript:a\\(\\)) >>")])),
];
