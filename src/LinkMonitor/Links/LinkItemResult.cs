namespace LinkMonitor.Links;

/// <summary>What became of one item of a batch.</summary>
public sealed record LinkItemResult
{
    /// <summary>The item's place in the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>201 created, 200 there already, 400 not valid.</summary>
    public required int Status { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>invalid</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Set unless the item is not valid.</summary>
    public LinkView? Link { get; init; }

    /// <summary>Set when the item is not valid.</summary>
    public HttpValidationProblemDetails? Problem { get; init; }
}
