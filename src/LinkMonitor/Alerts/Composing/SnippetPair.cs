namespace LinkMonitor.Alerts.Composing;

/// <summary>The link's HTML before and after; a side without the link is empty.</summary>
internal sealed record SnippetPair(IReadOnlyList<SnippetPiece> Before, IReadOnlyList<SnippetPiece> After)
{
    /// <summary>Whether both sides have the same HTML.</summary>
    public bool IsSame => Before.Count > 0 && After.Count > 0 && !IsMarked;

    public bool IsMarked => Before.Concat(After).Any(piece => piece.IsMarked);
}

/// <summary>A piece of an HTML snippet, and whether only this side has it.</summary>
internal sealed record SnippetPiece(string Text, bool IsMarked);
