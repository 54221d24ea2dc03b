namespace LinkMonitor.Alerts.Composing;

/// <summary>What both parts of a mail say, before either is laid out.</summary>
internal sealed record AlertLetter
{
    public required string ProjectName { get; init; }

    /// <summary>For example <c>3 links lost, 1 changed</c>.</summary>
    public required string Summary { get; init; }

    public required string TimeNote { get; init; }

    /// <summary>In the order of the mail.</summary>
    public required IReadOnlyList<ChangeStory> Stories { get; init; }

    /// <summary>The alert in a browser.</summary>
    public required Uri? Whole { get; init; }

    public IEnumerable<IGrouping<ChangeKind, ChangeStory>> Groups => Stories.GroupBy(story => story.Kind);

    /// <summary>Says that some changes get one line only; null when all are told in full.</summary>
    public string? ShortNote => Stories.Count <= AlertComposer.MaxToldInFull
        ? null
        : $"The first {AlertComposer.MaxToldInFull} of {Stories.Count} changes are told with their evidence, the others in short.";

    public bool IsToldInFull(ChangeStory story) => Position(story) < AlertComposer.MaxToldInFull;

    /// <summary>1 for the first change of the mail.</summary>
    public int Number(ChangeStory story) => Position(story) + 1;

    private int Position(ChangeStory story)
    {
        for (var i = 0; i < Stories.Count; i++)
            if (ReferenceEquals(Stories[i], story))
                return i;
        throw new ArgumentException("Not a story of this letter.", nameof(story));
    }
}
