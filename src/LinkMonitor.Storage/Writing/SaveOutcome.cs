namespace LinkMonitor.Storage.Writing;

/// <summary>What came of a conditional write.</summary>
public enum SaveOutcome
{
    Saved,

    /// <summary>Somebody else wrote since it was read (412): read again and decide again.</summary>
    Conflict,

    /// <summary>It no longer exists.</summary>
    Missing,
}
