namespace LinkMonitor.Views;

/// <summary>The types of a project's links.</summary>
public sealed record TypesModel(Frame Frame, IReadOnlyList<TypeLine> Types);

/// <summary>A type as a row.</summary>
/// <param name="Key">As links and filters name it.</param>
/// <param name="Origin">Whose it is: <c>built in</c>, <c>built in, changed here</c> or <c>your own</c>.</param>
/// <param name="Expects">What it expects, a line for each part; none where it says nothing.</param>
/// <param name="AtOnce">What is mailed at once, in words.</param>
/// <param name="Links">How many links have it.</param>
/// <param name="LinksPath">The list of them.</param>
/// <param name="EditPath">Its form.</param>
public sealed record TypeLine(
    string Key, string Name, string Origin, IReadOnlyList<string> Expects, string AtOnce, int Links, string LinksPath, string EditPath);

/// <summary>The form of a type.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Topics">What can be mailed at once.</param>
/// <param name="Follows">Which links follow a change and which do not, a sentence each; none for a new type.</param>
/// <param name="Problems">What is wrong beside the fields, a sentence each.</param>
public sealed record TypeFormModel(
    Frame Frame, string Action, IReadOnlyList<Field> Fields, IReadOnlyList<TopicBox> Topics, IReadOnlyList<string> Follows,
    IReadOnlyList<string> Problems)
{
    /// <summary>The version that was opened; empty for a new type.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Another act of the page, in a form of its own; null for none.</summary>
    public SecondForm? Second { get; init; }
}

/// <summary>A topic with its box.</summary>
public sealed record TopicBox(string Topic, string Words, bool IsOn)
{
    /// <summary>Whether it is stored so now, where that is not what was chosen; null otherwise.</summary>
    public bool? IsStored { get; init; }
}
