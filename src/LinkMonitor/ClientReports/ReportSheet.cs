using System.Security.Cryptography;
using System.Text;

namespace LinkMonitor.ClientReports;

/// <summary>
/// The style of a report in its maker's colour: light, for the screen and for A4. Chromium numbers the pages (CSS Paged Media, margin
/// boxes).
/// </summary>
internal sealed record ReportSheet(string Css)
{
    private const string Fixed = """
        :root { color-scheme: light; --ink: #1c2330; --soft: #4d5870; --line: #d9deea; --good: #19692c; --warn: #8a5300; --bad: #b3261e;
          --none: #5b3f99; }
        * { box-sizing: border-box; }
        html { font-size: 15px; }
        body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1.25rem 3rem; background: #fff; color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        header { background: var(--accent); color: var(--on); border-radius: .75rem; padding: 1.5rem; print-color-adjust: exact;
          -webkit-print-color-adjust: exact; break-inside: avoid; }
        .maker { display: flex; align-items: center; justify-content: space-between; gap: 1rem; flex-wrap: wrap; margin: 0 0 1rem; }
        .maker img { max-width: 15rem; max-height: 4rem; object-fit: contain; background: #fff; border-radius: .4rem; padding: .35rem; }
        header p { margin: 0; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; color: var(--text); border-bottom: 2px solid var(--accent); padding: 0 0 .25rem;
          break-after: avoid; }
        h3 { font-size: 1rem; margin: 1.25rem 0 .35rem; break-after: avoid; }
        h1, h2, h3, p, td, th, li, strong { overflow-wrap: anywhere; min-width: 0; }
        p { margin: 0 0 .6rem; } main > p { margin-top: 1.25rem; }
        .soft { color: var(--soft); }
        .small { font-size: .85rem; }
        table { width: 100%; border-collapse: collapse; margin: 0 0 .75rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); font-size: .85rem; padding: 0 0 .25rem; }
        th { text-align: left; font-weight: 600; }
        thead th { border-bottom: 1px solid #8c95aa; color: var(--soft); font-size: .85rem; vertical-align: bottom;
          overflow-wrap: normal; }
        tbody th { font-weight: 400; }
        th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th:last-child, td:last-child { padding-right: 0; }
        .num { text-align: right; white-space: nowrap; overflow-wrap: normal; }
        .day { white-space: nowrap; overflow-wrap: normal; }
        .wide { width: 50%; } .anchor { width: 17%; }
        thead .day { width: 1%; } .day + .wide { width: 65%; }
        thead .num { white-space: normal; }
        td .soft, th .soft { display: block; font-size: .85rem; }
        a { color: var(--text); }
        a:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
        .s { font-weight: 600; white-space: nowrap; }
        .i { width: .95em; height: .95em; margin-right: .3em; vertical-align: -.1em; fill: none; stroke: currentColor; stroke-width: 2;
          stroke-linecap: round; }
        .live, .f-live { color: var(--good); fill: #2da44e; } .changed, .f-changed { color: var(--warn); fill: #e0a100; }
        .lost, .not-found, .f-lost { color: var(--bad); fill: #cf222e; } .unknown { color: var(--none); } .f-unknown { fill: #b9b3d6; }
        .chart { display: block; width: 100%; height: 7rem; margin: .5rem 0; print-color-adjust: exact;
          -webkit-print-color-adjust: exact; break-inside: avoid; }
        .key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0 0 .75rem; padding: 0; font-size: .85rem; }
        .key svg { width: .8rem; height: .8rem; margin-right: .35rem; vertical-align: -.05rem; print-color-adjust: exact;
          -webkit-print-color-adjust: exact; }
        nav { margin: 0 0 .75rem; }
        nav a { display: inline-block; padding: .25rem 0; margin-right: 1rem; }
        footer { margin: 2.5rem 0 0; padding: .75rem 0 0; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
        @media screen and (max-width: 40rem) {
          table.rows thead { display: none; } table.rows, .rows tbody, .rows tr, .rows td, .rows tbody th { display: block; width: auto; }
          .rows tr { border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .75rem; margin: 0 0 .5rem; }
          .rows td, .rows tbody th { border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
          .rows td::before { content: attr(data-of) ": "; color: var(--soft); }
        }
        @page { size: A4; margin: 15mm 14mm 18mm; }
        @media print {
          html { font-size: 9pt; }
          body { max-width: none; padding: 0; line-height: 1.4; }
          header { border-radius: 0; }
          thead { display: table-header-group; }
          tr, li, .key { break-inside: avoid; }
          caption, thead { break-after: avoid; } thead, tbody tr:first-child { break-before: avoid; }
          p:has(+ table, + h3) { break-after: avoid; }
          p { orphans: 3; widows: 3; }
          a { color: inherit; text-decoration: none; }
          nav { display: none; }
        }
        """;

    /// <summary>Only this style, pictures that are in the page itself, and nothing else from anywhere.</summary>
    public string ContentSecurityPolicy =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="accent">It was checked when it came: whatever else is stored gives the usual one.</param>
    /// <param name="foot">What stands at the foot of every printed page before its number: letters, digits and spaces.</param>
    public static ReportSheet Of(string accent, string foot)
    {
        var colour = AccentColour.Read(accent) ?? new AccentColour(Storage.ClientReports.ReportBrand.UsualAccent);
        var letters = string.Concat(foot.Where(letter => char.IsLetterOrDigit(letter) || letter == ' '));
        return new ReportSheet($$"""
            {{Fixed}}
            :root { --accent: {{colour.Hex}}; --on: {{colour.OnIt}}; --text: {{colour.OnWhite}}; }
            @page { @bottom-left { content: "{{letters}}"; font: 8pt sans-serif; color: #4d5870; }
              @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #4d5870; } }
            """.ReplaceLineEndings("\n"));
    }
}
