import XML

/// The style sheet of the pages: light or dark as the reader prefers.
enum PageStyle {
    static let sheet: XML = """
        :root{color-scheme:light dark;--ground:#fcfcfb;--panel:#f3f4f2;--text:#1a222c;--muted:#5a6572;--rule:#d9dcd8;\
        --grid:#e6e8e4;--bad:#b3261e;--bad-ground:#fdecea;--note:#8a5a00;--note-ground:#fdf3dc;\
        --s1:#1f5fae;--s2:#c8611a;--s3:#19826b;--s4:#8449a8;--s5:#8a6d00;--s6:#5a6572}
        @media (prefers-color-scheme:dark){:root{--ground:#12161b;--panel:#1a2027;--text:#e7ebf0;--muted:#9aa6b3;\
        --rule:#333c47;--grid:#262e37;--bad:#ff8a80;--bad-ground:#3a1a18;--note:#f0c060;--note-ground:#33280f;\
        --s1:#6fa8f0;--s2:#f0955a;--s3:#4fc3a4;--s4:#c391e6;--s5:#d8b93c;--s6:#9aa6b3}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--text);\
        font:16px/1.5 system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}
        main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}
        h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem;overflow-wrap:anywhere}
        h2{font-size:1.15rem;margin:2.6rem 0 .8rem;padding-top:.7rem;border-top:1px solid var(--rule)}
        h3{font-size:1rem;margin:1.6rem 0 .4rem}
        p{margin:.4rem 0;overflow-wrap:anywhere}.muted{color:var(--muted)}
        .alert,.note{border-left:4px solid;border-radius:3px;padding:.7rem 1rem;margin:1rem 0}
        .alert{color:var(--bad);background:var(--bad-ground)}.note{color:var(--note);background:var(--note-ground)}
        .alert ul,.note ul{margin:.2rem 0 0;padding-left:1.2rem;color:var(--text)}.alert li,.note li{\
        overflow-wrap:anywhere}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.8rem;margin:1.2rem 0}
        .figures div{background:var(--panel);border-radius:6px;padding:.9rem 1rem}
        .figures dt{color:var(--muted);font-size:.85rem}.figures dd{margin:0}
        .figures .value{font-size:1.7rem;font-weight:650;line-height:1.3;font-variant-numeric:tabular-nums}
        .figures .more{color:var(--muted);font-size:.85rem}
        figure{margin:1rem 0}figcaption{font-weight:600}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;margin:.3rem 0 .5rem;padding:0;\
        font-size:.85rem;color:var(--muted)}
        .legend li{display:flex;align-items:center;gap:.4rem}.legend svg{flex:none}
        svg.plot{display:block;width:100%;height:auto}svg.narrow{display:none}
        @media (max-width:600px){svg.wide{display:none}svg.narrow{display:block}}
        svg text{font-size:12px;fill:var(--muted);font-variant-numeric:tabular-nums}svg .axis{fill:var(--text)}
        .grid{stroke:var(--grid)}.base,.tick{stroke:var(--muted)}
        .s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}.s4{--c:var(--s4)}.s5{--c:var(--s5)}.s6{--c:var(--s6)}\
        .bad{--c:var(--bad)}.most{--c:var(--text)}
        .bar,.disk{fill:var(--c)}.line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}
        .ring{fill:var(--ground);stroke:var(--c);stroke-width:2}.cross{fill:none;stroke:var(--c);stroke-width:2}
        .dashed{stroke-dasharray:6 4;stroke-width:1.5}.thin{stroke-width:1}
        .scroll{overflow-x:auto;margin:.8rem 0}
        table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;min-width:100%}
        th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--rule);\
        vertical-align:top;white-space:nowrap}
        th{color:var(--muted);font-weight:600;white-space:normal;min-width:4.5rem;vertical-align:bottom}\
        td.name{font-weight:600}
        td.wrap{white-space:normal;min-width:14rem;overflow-wrap:anywhere}
        td.meter{min-width:9rem;width:50%}td.meter span{display:block;background:var(--grid);height:.9rem;\
        border-radius:2px;margin-top:.25rem}td.meter i{display:block;height:100%;background:var(--c);border-radius:2px}
        td.strip{min-width:10rem;width:26%}td.strip span{display:block;position:relative;height:1.3rem;\
        border-bottom:1px solid var(--rule);margin-right:.5rem}
        td.strip i{position:absolute;bottom:.1rem;width:.6rem;height:.6rem;margin-left:-.3rem;border-radius:50%;\
        background:var(--c)}td.strip b{position:absolute;bottom:0;top:0;border-left:1px dashed var(--muted)}
        .outlier{color:var(--bad);font-weight:600}
        details{margin:.8rem 0}summary{cursor:pointer;font-weight:600}
        ul.plain{padding-left:1.2rem;margin:.4rem 0}ul.plain li{overflow-wrap:anywhere}
        @media (max-width:600px){td.name{white-space:normal}td.meter{min-width:4rem}td.wrap{min-width:10rem}}
        @media print{.scroll{overflow:visible}details{break-inside:avoid}}
        """
}
