using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Engine.Explaining;

/// <summary>Lays a verdict open: the steps that led to it, which of them decides, one sentence of advice, and the source of the rule.</summary>
public static class Explainer
{
    internal const int LongestSentence = 600;

    /// <summary>Pure: the same verdict gives the same explanation.</summary>
    public static Explanation Explain(Verdict verdict)
    {
        var grounds = verdict.Reasons.Select(reason => (Step: StepOf(reason, verdict), Reason: reason)).ToList();
        var decides = grounds.Count > 0 ? grounds[0].Step : StepName.Element;
        var notices = grounds.Select(ground => ground.Step).Concat(Notices.Of(verdict)).ToHashSet();
        var steps = StepText.Of(verdict)
            .Concat(Missing(verdict, grounds))
            .OrderBy(step => step.Name)
            .Select(step => step with { Seen = ShortText.Cut(step.Seen, StepText.Longest), State = StateOf(step.Name) });
        return new Explanation
        {
            Sentence = ShortText.Cut(SentenceOf(verdict), LongestSentence),
            Source = verdict.Reasons.Count > 0 ? ReasonCatalogue.Of(verdict.Reasons[0].Code).Source : null,
            Steps = [.. steps],
        };

        StepState StateOf(StepName name) => name == decides ? StepState.Decides : notices.Contains(name) ? StepState.Notice : StepState.Ok;
    }

    /// <summary>A reason whose step has nothing of its own to show is shown by its message.</summary>
    private static IEnumerable<ExplanationStep> Missing(Verdict verdict, IReadOnlyList<(StepName Step, Reason Reason)> grounds)
    {
        var shown = StepText.Of(verdict).Select(step => step.Name).ToHashSet();
        return grounds
            .Where(ground => shown.Add(ground.Step))
            .Select(ground => new ExplanationStep(ground.Step, ground.Reason.Found ?? ground.Reason.Message, StepState.Ok));
    }

    /// <summary>A robots rule may stand in the header only, and a page may leave by a status, a redirect or a refresh.</summary>
    private static StepName StepOf(Reason reason, Verdict verdict)
    {
        var step = ReasonCatalogue.Of(reason.Code).Step;
        return step == StepName.Meta && reason.Found is { } found && !found.Contains("meta ", StringComparison.Ordinal) ? StepName.Headers
            : reason.Code == ReasonCode.Unreachable && verdict.Observation is { Status: not null } ? StepName.Status
            : step;
    }

    private static string SentenceOf(Verdict verdict)
    {
        var notice = Notices.Sentence(verdict);
        var sentence = verdict.Reasons.Count > 0 ? verdict.Reasons[0].Message : "The link is there as expected; there is nothing to do.";
        return notice is null ? sentence : $"{sentence} {notice}";
    }
}
