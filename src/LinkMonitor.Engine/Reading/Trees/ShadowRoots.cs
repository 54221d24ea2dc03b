using System.Collections.Frozen;

namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// Shadow roots that a page declares in its HTML. Their content is shown to readers and read by search engines, scripts or not:
/// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead
/// </summary>
internal static class ShadowRoots
{
    /// <summary>https://dom.spec.whatwg.org/#valid-shadow-host-name, but for the names of custom elements.</summary>
    private static readonly FrozenSet<string> Hosts =
        "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".Split(' ').ToFrozenSet();

    /// <summary>
    /// Names with a hyphen that are no custom elements:
    /// https://html.spec.whatwg.org/multipage/custom-elements.html#valid-custom-element-name
    /// </summary>
    private static readonly FrozenSet<string> Reserved =
        "annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph"
            .Split(' ').ToFrozenSet();

    /// <summary>
    /// Whether the start tag of a template declares the shadow root of the element that it stands in. Each has one at most.
    /// </summary>
    public static bool IsDeclared(in Tag template, PageElement host) =>
        template.GetAttribute("shadowrootmode")?.ToLowerInvariant() is "open" or "closed"
        && host.IsHtml
        && IsHostName(host.Name)
        && host.FirstChild is not PageElement { IsShadowRoot: true };

    private static bool IsHostName(string name) =>
        Hosts.Contains(name)
        || (char.IsAsciiLetterLower(name[0]) && name.Contains('-', StringComparison.Ordinal) && !Reserved.Contains(name));
}
