using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Wording;

/// <summary>What checks record, in words: in English the ones that the API has, too.</summary>
internal static class EvidenceWords
{
    public static string Of(ObservationKind kind, Language say) => kind switch
    {
        ObservationKind.Observed => say.Text("observed"),
        ObservationKind.Gone => say.Text("gone"),
        ObservationKind.Blocked => say.Text("blocked"),
        ObservationKind.ServerError => say.Text("server-error"),
        ObservationKind.Unreachable => say.Text("unreachable"),
        ObservationKind.NotHtml => say.Text("not-html"),
        ObservationKind.TooLarge => say.Text("too-large"),
        ObservationKind.RobotsDisallowed => say.Text("robots-disallowed"),
        ObservationKind.Refused => say.Text("refused"),
        ObservationKind.OurFault => say.Text("our-fault"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No word for this observation."),
    };

    public static string Of(Placement placement, Language say) => placement switch
    {
        Placement.Main => say.Text("main"),
        Placement.Nav => say.Text("nav"),
        Placement.Header => say.Text("header"),
        Placement.Footer => say.Text("footer"),
        Placement.Aside => say.Text("aside"),
        Placement.Comments => say.Text("comments"),
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "No word for this placement."),
    };

    public static string Of(LinkKind kind, Language say) => kind switch
    {
        LinkKind.Text => say.Text("text"),
        LinkKind.Image => say.Text("image"),
        LinkKind.Area => say.Text("area"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No word for this kind of link."),
    };

    /// <summary>In which part of the page a link is, for the middle of a sentence.</summary>
    public static string In(Placement placement, Language say) => placement switch
    {
        Placement.Main => say.Text("in the main text"),
        Placement.Nav => say.Text("in the navigation"),
        Placement.Header => say.Text("in the header"),
        Placement.Footer => say.Text("in the footer"),
        Placement.Aside => say.Text("in the sidebar"),
        Placement.Comments => say.Text("in the comments"),
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "No words for this placement."),
    };

    /// <summary>What a reason expected, below its sentence.</summary>
    public static string Expected(ReasonCode code, string value, Language say) => code == ReasonCode.MentionOnly
        ? say.Text("a link to {url}", ("url", value))
        : Value(code, value, say);

    /// <summary>What a reason found, below its sentence: of a URL or an error text that stands somewhere, what it is and where.</summary>
    public static string Found(ReasonCode code, string value, Language say) => code switch
    {
        ReasonCode.MentionOnly => say.Text("only the URL ({place})", ("place", Place(value, say))),
        ReasonCode.Soft404 when value != HomePage => say.Text("an error text ({place})", ("place", Place(value, say))),
        _ => Value(code, value, say),
    };

    /// <summary>What a reason expected or found. Most of it is from the web and stays as it is.</summary>
    public static string Value(ReasonCode code, string value, Language say) => code switch
    {
        ReasonCode.PlacementChanged when WireName.TryParse<Placement>(value, out var placement) => Of(placement, say),
        ReasonCode.TargetBroken => Target(value, say),
        ReasonCode.Soft404 or ReasonCode.MentionOnly => Place(value, say),
        ReasonCode.GoogleDisallowed when value == "Googlebot allowed" => say.Text("Googlebot allowed"),
        _ => value,
    };

    private const string HomePage = "home page";

    private static string Target(string value, Language say) => value switch
    {
        "no-such-name" => say.Text("domain does not exist"),
        "certificate-expired" => say.Text("certificate expired"),
        "no-answer" => say.Text("no answer"),
        "loop" => say.Text("endless redirect"),
        _ => value,
    };

    private static string Place(string value, Language say) => value switch
    {
        "title" => say.Text("title"),
        "heading" => say.Text("heading"),
        "text" => say.Text("text"),
        HomePage => say.Text("home page"),
        "the page's text" => say.Text("the page's text"),
        "an attribute" => say.Text("an attribute"),
        _ => value,
    };
}
