/// How the page looks: on a screen, light or dark, wide or narrow, and on paper.
///
/// Runs differ by colour and by dashes, so that nothing is said by colour alone.
enum PageStyle {
    static let sheet: StaticString = """
        :root {
          --ground: #ffffff; --panel: #ffffff; --ink: #1c2126; --quiet: #5b6670; --rule: #dfe3e7; --faint: #eef0f3;
          --one: #2a66a8; --two: #b5541c; --three: #2f7d4f; --four: #7a4fa3; --five: #9a7412; --six: #b03a5b;
          --alert: #b3261e; --best: #e7f0fa;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14181c; --panel: #191e23; --ink: #e4e8ec; --quiet: #9aa5af; --rule: #333b43; --faint: #242a31;
            --one: #74aee8; --two: #e99a62; --three: #74c495; --four: #bd9ae3; --five: #d9b65a; --six: #ec86a3;
            --alert: #f28b82; --best: #1f3247;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 26px; line-height: 1.25; font-weight: 650; margin: 0; letter-spacing: -.01em; }
        h1 span { color: var(--quiet); font-weight: 400; margin-left: .5em; overflow-wrap: anywhere; }
        h2 { font-size: 19px; font-weight: 650; margin: 44px 0 4px; padding-top: 16px; border-top: 1px solid var(--rule); }
        h3, h4 { font-size: 15px; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
        p { margin: 0; }
        .source { color: var(--quiet); margin-top: 4px; overflow-wrap: anywhere; }
        .verdict { margin-top: 16px; padding: 12px 16px; border-left: 4px solid var(--one); background: var(--faint);
          max-width: 80ch; }
        .explanation { color: var(--quiet); max-width: 80ch; margin-bottom: 16px; }
        .plots { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 28px 32px; }
        .smalls { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); gap: 24px; }
        .tables, .pair { display: flex; flex-wrap: wrap; gap: 16px 40px; align-items: flex-start; }
        .scroll { overflow-x: auto; max-width: 100%; }
        figure { margin: 0; min-width: 0; break-inside: avoid; }
        figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; margin-bottom: 4px; }
        svg { display: block; width: 100%; height: auto; overflow: visible; }
        .note { font-size: 13px; color: var(--quiet); margin-bottom: 8px; }
        .summary { font-size: 13px; color: var(--quiet); margin-top: 4px; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0; padding: 0; font-size: 13px; }
        .legend li { display: flex; align-items: center; gap: 6px; overflow-wrap: anywhere; }
        .legend svg { width: 24px; height: 8px; flex: none; }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
        th, td { padding: 4px 14px; text-align: right; border-bottom: 1px solid var(--rule); vertical-align: top; }
        th:first-child { text-align: left; padding-left: 0; font-weight: 400; }
        thead th { color: var(--quiet); font-weight: 600; font-size: 13px; overflow-wrap: break-word; }
        td small { color: var(--quiet); font-size: 12px; margin-left: .5em; white-space: nowrap; }
        td.best { font-weight: 650; background: var(--best); }
        .words td { text-align: left; overflow-wrap: anywhere; }
        .key { display: inline-block; width: 10px; height: 10px; border-radius: 5px; margin-right: 6px;
          background: currentColor; }
        details { font-size: 13px; margin-top: 4px; color: var(--quiet); }
        details[open] .scroll { max-height: 320px; overflow: auto; margin-top: 8px; }
        details table { font-size: 12px; color: var(--ink); }
        summary { cursor: pointer; width: max-content; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

        .tick, .name, .event-name { font-size: 12px; fill: var(--quiet); }
        .tick { font-variant-numeric: tabular-nums; }
        .small .tick, .small .event-name { font-size: 12px; }
        .grid { stroke: var(--faint); }
        .axis { stroke: var(--quiet); }
        .diagonal { stroke: var(--quiet); stroke-dasharray: 4 4; }
        .line { fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
        .dot { fill: currentColor; stroke: var(--ground); }
        .whisker { stroke: currentColor; stroke-width: 1.4; opacity: .6; }
        .band { fill: currentColor; opacity: .16; }
        .step { fill: currentColor; fill-opacity: .14; stroke: currentColor; stroke-width: 1.4; stroke-linejoin: round; }
        .event { stroke: currentColor; stroke-width: 2; }
        .event-line { stroke: currentColor; opacity: .3; stroke-dasharray: 2 3; }
        .hint { fill: transparent; stroke: none; }
        circle.hint:hover { fill: currentColor; }
        rect.hint:hover { fill: currentColor; opacity: .08; }
        .run-1, .feature, .group-1 { color: var(--one); }
        .run-2, .group-2 { color: var(--two); }
        .run-3, .group-3 { color: var(--three); }
        .run-4 { color: var(--four); }
        .run-5 { color: var(--five); }
        .run-6 { color: var(--six); }
        .alert { color: var(--alert); }
        .line.run-2, .step.group-2, .line.group-2 { stroke-dasharray: 6 3; }
        .line.run-3, .line.group-3 { stroke-dasharray: 2 3; }
        .line.run-4 { stroke-dasharray: 8 3 2 3; }
        .line.run-5 { stroke-dasharray: 12 4; }
        .line.run-6 { stroke-dasharray: 1 4; }

        @media (max-width: 760px) {
          main { padding: 20px 14px 48px; }
          h1 { font-size: 22px; }
          h1 span { display: block; margin-left: 0; }
          .plots { grid-template-columns: minmax(0, 1fr); }
          .plot .tick, .plot .name, .plot .event-name { font-size: 15px; }
          th, td { padding: 4px 8px; }
        }
        @media print {
          :root {
            --ground: #ffffff; --panel: #ffffff; --ink: #000000; --quiet: #444444; --rule: #cccccc; --faint: #eeeeee;
            --one: #2a66a8; --two: #b5541c; --three: #2f7d4f; --four: #7a4fa3; --five: #9a7412; --six: #b03a5b;
            --alert: #b3261e; --best: #e7f0fa;
          }
          main { max-width: none; padding: 0; }
          section { break-inside: auto; }
          h2 { break-after: avoid; }
          details { display: none; }
        }
        """
}
