namespace LinkMonitor.Engine.Reasons;

/// <summary>A text in two forms. <c>{count}</c> stands for the number.</summary>
/// <param name="One">For exactly one.</param>
/// <param name="Many">For any other number.</param>
public sealed record CountedText(string One, string Many)
{
    /// <summary>The same text for any number.</summary>
    public static CountedText Same(string text) => new(text, text);
}
