namespace LinkMonitor.Views;

/// <summary>People, each with a key.</summary>
public sealed record PeopleModel(
    Frame Frame, IReadOnlyList<PersonLine> People, IReadOnlyList<Field> NewPerson, IReadOnlyList<string> Problems);

/// <summary>A person's key as a row.</summary>
/// <param name="Projects">In words: <c>all projects</c>, or their names.</param>
/// <param name="LastUsed">To the hour; null for never.</param>
/// <param name="IsYou">The one who is signed in.</param>
public sealed record PersonLine(
    string Path, string Name, string Role, string Projects, Moment Made, string? MadeBy, Moment? LastUsed, bool IsYou);

/// <summary>What was done in a project, or in the installation.</summary>
public sealed record AuditModel(Frame Frame, IReadOnlyList<AuditLine> Entries, Pager Pager);

/// <summary>One act.</summary>
/// <param name="Path">The page of what it was about; null when it has none.</param>
public sealed record AuditLine(Moment At, string Who, string What, string? Path);

/// <summary>The form that signs in.</summary>
/// <param name="Action">Where the form goes.</param>
/// <param name="Token">The antiforgery token.</param>
/// <param name="Next">The page to go to afterwards, a path of ours.</param>
/// <param name="OneTimeName">Whom a one-time address signs in; null for the form that asks for a key.</param>
/// <param name="Problem">Why it did not work, in a sentence.</param>
public sealed record SignInModel(string Action, string Token, string Next, string? OneTimeName = null, string? Problem = null)
{
    /// <summary>A form that was sent after the session had ended, sealed; null for none.</summary>
    public string? Kept { get; init; }
}

/// <summary>One message and a way on.</summary>
/// <param name="Text">What happened, and what to do.</param>
/// <param name="LinkPath">Where to go from here; null for nowhere.</param>
public sealed record MessageModel(Frame Frame, string Text, string? LinkPath = null, string LinkWords = "Back")
{
    /// <summary>What is known of it; empty for nothing.</summary>
    public IReadOnlyList<FactLine> Facts { get; init; } = [];

    /// <summary>It is about something that is set aside: whoever may is led to the list of that.</summary>
    public bool IsSetAside { get; init; }
}
