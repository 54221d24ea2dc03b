namespace LinkMonitor.Engine.Comparing;

/// <summary>What a verdict gains from the memory of earlier checks.</summary>
public sealed record Hindsight
{
    /// <summary>Null when neither a removal, a page that went, nor a change of rel asks for it.</summary>
    public ScopeFinding? Scope { get; init; }

    /// <summary>The text around the place where the link was; null when it is there, or when nothing recognisable survived.</summary>
    public string? WhereItWas { get; init; }

    /// <summary>The most links to the target that any check saw on the page, this one included.</summary>
    public int MostOccurrences { get; init; }
}
