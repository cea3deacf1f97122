extension ReportPage {
  /// The look of the page. Only what a browser has: no fonts or pictures from anywhere.
  ///
  /// Written without `<` and `&`, so that it may stand in a `style` element of well-formed XML as it is.
  static let styleSheet = """
    :root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#22262b;--quiet:#5a626c;--line:#e3dfd6;\
    --accent:#2a5f88;--loss:#9c4029;--copy:#7a5b12;--tint:#f2f5f7;--note:#f6f0df;\
    --chart-ink:var(--ink);--chart-quiet:var(--quiet);--chart-track:#e9e6de;--chart-main:#3a7099;\
    --chart-loss:#a94f37;--chart-copy:#856519;\
    --serif:"Iowan Old Style","Palatino Linotype",Palatino,Charter,Georgia,"Noto Serif",serif;\
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    @media (prefers-color-scheme:dark){:root{--paper:#16191d;--card:#1c2025;--ink:#e6e3dd;--quiet:#a3aab3;\
    --line:#2e343b;--accent:#8fbde0;--loss:#e59c84;--copy:#d9ba6a;--tint:#20262c;--note:#2a261b;\
    --chart-track:#2c3238;--chart-main:#7cabd0;--chart-loss:#d98a70;--chart-copy:#cdaa55}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0 auto;padding:clamp(1.5rem,5vw,4.5rem) clamp(1.1rem,5vw,3rem);max-width:72rem;background:var(--paper);\
    color:var(--ink);font:1rem/1.6 var(--sans);overflow-wrap:anywhere}
    h1,h2,h3{line-height:1.2;text-wrap:balance}
    h1{margin:.3rem 0 1rem;font:600 clamp(1.9rem,5vw,3rem)/1.12 var(--serif);letter-spacing:-.015em}
    h2{margin:0 0 1.1rem;font:600 1.65rem/1.2 var(--serif);letter-spacing:-.01em}
    h3{margin:2rem 0 .8rem;font-size:1rem;font-weight:600}
    p{margin:0 0 1rem;max-width:42rem;text-wrap:pretty}
    a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
    a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
    code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    .eyebrow{margin:0;color:var(--quiet);font-size:.85rem;letter-spacing:.02em}
    .lead{font:1.2rem/1.6 var(--serif);max-width:44rem}
    .note{margin:1.5rem 0;padding:1rem 1.25rem;background:var(--note);border-radius:.5rem;max-width:46rem}
    .note p{margin:0;font-size:.95rem}
    nav{margin-top:2rem;padding:1rem 0;border:solid var(--line);border-width:1px 0}
    nav ol{display:flex;flex-wrap:wrap;gap:.35rem 1.5rem;margin:0;padding:0;list-style:none;font-size:.92rem}
    nav a{text-decoration:none}
    nav a:hover{text-decoration:underline}
    section{padding-top:3.75rem}
    figure{margin:1.4rem 0}
    figcaption,caption{color:var(--quiet);font-size:.85rem;text-align:start}
    figcaption{margin-top:.9rem}
    .quiet{color:var(--quiet);font-size:.85rem;font-weight:400}
    .chart .large,.chart .largest{font-family:var(--serif)}
    #rounds figure{max-width:46rem}
    .narrow{display:none}
    .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem 3.5rem}
    .columns h3{margin-top:.5rem}
    table{width:100%;margin:1.6rem 0;border-collapse:collapse;font-size:.94rem;line-height:1.5}
    caption{padding-bottom:.6rem}
    th,td{padding:.85rem 1.25rem .85rem 0;border-top:1px solid var(--line);text-align:start;vertical-align:top}
    thead th{padding-block:.5rem;border-top:0;color:var(--quiet);font-size:.85rem;font-weight:400}
    tbody th{font-weight:600}
    .reason{width:27%}
    .file{width:27%;font-weight:500}
    .count{width:6.5rem;text-align:end;font-variant-numeric:tabular-nums;padding-inline-end:2.2rem}
    .case{padding-inline-end:0}
    .reason .quiet{display:block;margin-top:.15rem}
    .tag{display:block;width:max-content;margin-bottom:.1rem;font-size:.8rem;font-weight:400;color:var(--loss)}
    .tag.duplicate{color:var(--copy)}
    .quote{margin:0;font-family:var(--serif);max-width:none;overflow:hidden;white-space:pre-line}
    .kept{margin:.6rem 0 .15rem}
    .card{margin:1.6rem 0;background:var(--card);border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
    .card h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .9rem;margin:0;padding:1.1rem 1.6rem;\
    border-bottom:1px solid var(--line)}
    .card-body{display:grid;grid-template-columns:5fr 6fr;gap:1rem 3rem;padding:1.4rem 1.6rem}
    .step{margin:0 0 .55rem;font-size:.85rem;font-weight:600;color:var(--accent)}
    .step .quiet{margin-inline-start:.7rem}
    blockquote{margin:0;font:1.02rem/1.65 var(--serif);white-space:pre-line;overflow:hidden}
    .chain{margin:0;padding:0;list-style:none}
    .chain li{position:relative;padding:0 0 1rem 1.5rem}
    .chain li::before{content:"";position:absolute;left:.28rem;top:.55rem;bottom:-.55rem;width:1px;\
    background:var(--chart-main);opacity:.45}
    .chain li:last-child{padding-bottom:0}
    .chain li:last-child::before{display:none}
    .chain li::after{content:"";position:absolute;left:0;top:.45rem;width:.62rem;height:.62rem;border-radius:50%;\
    background:var(--card);border:1.5px solid var(--chart-main)}
    .chain .first::after{background:var(--chart-main)}
    .chain p{margin:0;line-height:1.5;overflow:hidden}
    .relation{display:block;color:var(--quiet);font-size:.85rem}
    .instance{padding:1.15rem 1.6rem;background:var(--tint);border-top:1px solid var(--line)}
    .made{margin:0;max-width:52rem;white-space:pre-line;overflow:hidden}
    footer{margin-top:4rem;padding-top:1.2rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.85rem}
    @media screen and (max-width:47.5rem){
    .wide{display:none}.narrow{display:block}
    .card-body{grid-template-columns:1fr;gap:1.6rem}
    .card h3,.card-body,.instance{padding-inline:1.1rem}
    thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
    table,tbody,caption{display:block}
    tr{display:grid;grid-template-columns:1fr auto;gap:.35rem 1rem;padding:.9rem 0;border-top:1px solid var(--line)}
    th,td{padding:0;border:0}
    .reason,.file,.count{width:auto}.count{padding:0}
    .case{grid-column:1/-1}
    }
    @media print{
    :root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--quiet:#444;--line:#ccc;--accent:#1f4f75;\
    --loss:#8a3520;--copy:#6b4f0d;--tint:#f4f6f8;--note:#f6f0df;--chart-track:#e6e3dc;--chart-main:#3a7099;\
    --chart-loss:#a94f37;--chart-copy:#856519}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    body{max-width:none;padding:0;font-size:10.5pt}
    nav{display:none}
    section{padding-top:2rem}
    h2,h3,caption,.step{break-after:avoid}
    tr,figure,.card,.instance,.chain li,.note{break-inside:avoid}
    }

    """
}
