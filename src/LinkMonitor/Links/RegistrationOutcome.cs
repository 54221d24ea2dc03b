namespace LinkMonitor.Links;

/// <summary>The words for what became of a registered link.</summary>
internal static class RegistrationOutcome
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Unchanged = "unchanged";
    public const string Invalid = "invalid";
}
