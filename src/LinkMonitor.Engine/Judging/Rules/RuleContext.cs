using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>One occurrence on one page, and what was expected.</summary>
internal sealed record RuleContext
{
    public required Observation Observation { get; init; }

    public PageReading Page => Observation.Reading!;

    public required PageLink Link { get; init; }

    /// <summary>See <see cref="Observation.DisallowedForGoogle"/>.</summary>
    public DisallowedUrl? DisallowedForGoogle => Observation.DisallowedForGoogle;

    public required Expectation Expectation { get; init; }

    /// <summary>Null until the link was seen once; nothing can then differ from the first check.</summary>
    public required Baseline? Baseline { get; init; }

    /// <inheritdoc cref="LinkMemory.AgreedPlace"/>
    public required PlaceOnPage? AgreedPlace { get; init; }

    /// <summary>How many links to the target the page has lost.</summary>
    public required int Gone { get; init; }

    /// <summary>Some are gone, and this one stands elsewhere than the watched one did, or has another anchor.</summary>
    public required bool IsAnother { get; init; }

    /// <summary>Whether the page's canonical was seen as a page of its own, with content but without the link.</summary>
    public required bool IsMissingOnCanonical { get; init; }

    /// <summary>The expected value of a part; false when it is not watched, or not known before the first check.</summary>
    /// <param name="asFirstSeen">Takes the part from the baseline.</param>
    public bool TryGetExpected<T>(Expected<T> part, Func<Baseline, T> asFirstSeen, out T expected) where T : notnull
    {
        var isKnown = part.Kind is ExpectedKind.Exactly || (part.Kind is ExpectedKind.AsFirstSeen && Baseline is not null);
        expected = !isKnown ? default! : part.Kind is ExpectedKind.Exactly ? part.Value! : asFirstSeen(Baseline!);
        return isKnown;
    }
}

/// <summary>One expectation of a link that is there. Registered by one line in <c>LinkJudge</c>.</summary>
internal interface ICheckRule
{
    /// <summary>Why the link is not as expected; null when it is, or when nothing is expected.</summary>
    Reason? Check(RuleContext context);
}
