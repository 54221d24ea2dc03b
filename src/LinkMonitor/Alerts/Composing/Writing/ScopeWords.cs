using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Only my link, or everyone's? As the reason of a change has it.</summary>
internal static class ScopeWords
{
    /// <summary>
    /// The sentence that the reason's message ends with. What the question was is not stored, so the message decides, and only where it is
    /// silent the code does; null when it is not known.
    /// </summary>
    public static string? Sentence(Reason reason, ScopeFinding? scope)
    {
        if (scope is null)
            return null;
        var said = Enum.GetValues<ScopeQuestion>()
            .Select(question => ScopeText.Sentence(scope, question))
            .FirstOrDefault(sentence => sentence is not null && reason.Message.Contains(sentence, StringComparison.Ordinal));
        return said ?? (Question(reason.Code) is { } question ? ScopeText.Sentence(scope, question) : null);
    }

    private static ScopeQuestion? Question(ReasonCode code) => code switch
    {
        ReasonCode.LinkRemoved or ReasonCode.MentionOnly => ScopeQuestion.Removal,
        ReasonCode.RelChanged => ScopeQuestion.Rel,
        ReasonCode.Soft404 => ScopeQuestion.WholePage,
        _ => null,
    };
}
