using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Wording;

/// <summary>The words of mails for each reason, from the <see cref="ReasonCatalogue"/>.</summary>
internal static class ReasonWords
{
    /// <summary>What differs, for a subject or the head of a line: for example <c>rel</c>.</summary>
    public static string Label(ReasonCode code, Language say) => say.Written(ReasonCatalogue.Of(code).Label);

    /// <summary>The label as it is true of a kind of change: what was never there was not removed.</summary>
    public static string Label(ReasonCode code, ChangeKind kind, Language say) =>
        kind == ChangeKind.NotFound && code == ReasonCode.LinkRemoved ? say.Text("not on the page") : Label(code, say);

    /// <summary>
    /// The sentence of a reason. Changes are stored with one in English, which names what was seen; another language has one of its own for
    /// each reason, and what was expected and found stands below it anyway.
    /// </summary>
    public static string Sentence(Reason reason, Language say) =>
        say.IsEnglish ? reason.Message : say.Written(ReasonCatalogue.Of(reason.Code).Sentence);

    /// <summary>Two sentences for a reason.</summary>
    public static Advice Advice(ReasonCode code, Language say)
    {
        var entry = ReasonCatalogue.Of(code);
        return new(say.Written(entry.Why), say.Written(entry.ToDo));
    }

    /// <summary>For a link that is as it should be again.</summary>
    public static Advice Recovered(Language say) => new(say.Text("The link is there again, as expected."), say.Text("Nothing to do."));

    /// <summary>For a link that the first observation of the page did not find.</summary>
    public static Advice NotFound(Language say) => new(
            say.Text("A link that is not there yet does not count."),
            say.Text("Check that page and target are right, or ask the site's owner when the link will be placed."));
}

/// <summary>Why a change matters, and what to do.</summary>
internal sealed record Advice(string Why, string Todo);
