namespace BrewClip.Cli.Demo;

/// <summary>The look of the demo's page: light and dark by the reader's own setting, no font and no script fetched.</summary>
internal static class DemoStyle
{
    public const string Sheet = """

        :root { color-scheme: light dark; font: 16px/1.5 system-ui,
            sans-serif; --good: #2a9d4a; --bad: #c8402a; --quiet: #8a8f98; --line: #8883 }
        body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 74rem }
        h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem }
        h2 { font-size: 1.25rem; margin: 3rem 0 .5rem }
        h3 { font-size: .85rem; font-weight: 600; margin: 0 0 .5rem; color: var(--quiet) }
        h3 i { font-style: normal; padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em }
        p { color: var(--quiet); max-width: 60ch; margin: .25rem 0 1rem }
        .tiles { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0; margin: 1.5rem 0 0 }
        .tiles li { flex: 1 1 11rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 12px; color: var(
            --quiet); font-size: .9rem }
        .tiles b { display: block; font-size: 1.7rem; line-height: 1.2; color: CanvasText }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 31rem), 1fr)); gap: 1.25rem }
        .card { border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.25rem }
        .pair { margin: 0 0 2rem } .pair > p { margin: .5rem 0 0; max-width: none; font-size: .9rem }
        audio { width: 100%; height: 2.25rem }
        blockquote { margin: .75rem 0; padding-left: .9rem; border-left: 3px solid var(--line); font-size: 1.1rem; min-height: 3.2rem }
        del { color: var(--bad); text-decoration-thickness: 1px } ins { color: var(--bad); text-decoration: underline dotted }
        .hits { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: .6rem }
        figure { margin: 0 }
        figure img { width: 100%; aspect-ratio: 1; image-rendering: pixelated; border-radius: 8px; outline: 3px solid transparent }
        .asked img { outline-color: var(--good) }
        figcaption { font-size: .75rem; color: var(--quiet); font-variant-numeric: tabular-nums }
        .curve { display: block; width: 100%; margin-top: .75rem; border-radius: 8px }
        .right { color: var(--good) } .wrong { color: var(--bad) }
        table { border-collapse: collapse; width: 100% } td,
            th { padding: .4rem .75rem; border-bottom: 1px solid var(--line); text-align: left }
        th { font-size: .8rem; font-weight: 600; color: var(--quiet) }
        .h { text-align: right } th[colspan] { text-align: center; border: 0 }
        .n { text-align: right; font-variant-numeric: tabular-nums;
             background: linear-gradient(90deg, #2a9d4a22 var(--share, 0%), transparent var(--share, 0%)) }

        """;
}
