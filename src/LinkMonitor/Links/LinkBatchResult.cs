namespace LinkMonitor.Links;

/// <summary>The answer to an array of links: an item for an item, in the same order.</summary>
public sealed record LinkBatchResult
{
    public required int Created { get; init; }

    public required int Updated { get; init; }

    public required int Unchanged { get; init; }

    public required int Invalid { get; init; }

    public required IReadOnlyList<LinkItemResult> Results { get; init; }

    internal static LinkBatchResult Of(IReadOnlyList<LinkItemResult> results) => new()
    {
        Created = Count(results, RegistrationOutcome.Created),
        Updated = Count(results, RegistrationOutcome.Updated),
        Unchanged = Count(results, RegistrationOutcome.Unchanged),
        Invalid = Count(results, RegistrationOutcome.Invalid),
        Results = results,
    };

    private static int Count(IEnumerable<LinkItemResult> results, string outcome) => results.Count(result => result.Outcome == outcome);
}
