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
