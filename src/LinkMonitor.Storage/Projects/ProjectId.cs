namespace LinkMonitor.Storage.Projects;

/// <summary>The identity of a project: <c>prj_</c> and 16 lower-case base-32 characters, drawn at random.</summary>
public readonly record struct ProjectId(string Value)
{
    public override string ToString() => Value;
}
