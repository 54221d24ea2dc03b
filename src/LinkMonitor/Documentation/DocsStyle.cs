using System.Security.Cryptography;
using System.Text;

namespace LinkMonitor.Documentation;

/// <summary>The style sheet of the page of the API, and the policy that lets nothing else in. Colours have a contrast of at least 4.5 to 1 (WCAG 1.4.3).</summary>
internal static class DocsStyle
{
    private const string Css = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #4d5870; --line: #d9deea; --back: #f4f6fb; --card: #fff; --link: #1d4ed8; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf5; --soft: #a9b3c8; --line: #323c51; --back: #10141d; --card: #181f2c; --link: #9dbdff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
        h3 { font-size: .95rem; margin: 1rem 0 .35rem; }
        p { margin: .5rem 0; }
        a { color: var(--link); }
        nav ul { display: flex; flex-wrap: wrap; gap: .35rem 1rem; list-style: none; margin: 1rem 0; padding: 0; }
        details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 .5rem; padding: .6rem .9rem; }
        summary { cursor: pointer; overflow-wrap: anywhere; }
        summary .soft { display: block; font-size: .9rem; }
        code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875rem; overflow-wrap: anywhere; }
        .method { font-weight: 700; }
        .soft { color: var(--soft); }
        pre { background: var(--back); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; overflow-x: auto; max-height: 26rem; font-size: .8125rem; line-height: 1.45; }
        dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: 0; }
        dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        @media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
        """;

    /// <summary>The style sheet exactly as it stands between the tags: the policy's hash is of it, line ends included.</summary>
    public static string Sheet => Css.ReplaceLineEndings("\n");

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
