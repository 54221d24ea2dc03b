using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Outreach;

/// <summary>What was found, in words for the owner of the page: our own messages give advice to the owner of the target.</summary>
internal static class OutreachFindings
{
    private const int MaxValue = 300;

    /// <summary>A sentence for each reason that is a matter of the page, on a line of its own.</summary>
    public static string Write(IEnumerable<Reason> reasons) =>
        string.Join('\n', reasons.Where(reason => !OwnSide.Is(reason.Code)).Select(Sentence));

    private static string Sentence(Reason reason)
    {
        var entry = ReasonCatalogue.Of(reason.Code);
        return entry.OwnerSubject is { } subject ? Difference(subject, reason) : entry.OwnerSentence ?? $"{entry.Label}.";
    }

    private static string Difference(string what, Reason reason) => (reason.Expected, reason.Found) switch
    {
        ({ } expected, { } found) => $"{what} is \"{Value(found)}\"; we expected \"{Value(expected)}\".",
        (null, { } found) => $"{what} is \"{Value(found)}\".",
        ({ } expected, null) => $"{what} is not \"{Value(expected)}\", as we expected.",
        _ => $"{what} has changed.",
    };

    private static string Value(string text) => WebText.Short(text, MaxValue);
}
