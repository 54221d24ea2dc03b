namespace LinkMonitor.Placements.Vendors;

/// <summary>What is known of a link so many days after its start.</summary>
public enum SurvivalOutcome
{
    AsAgreed,
    NotAsAgreed,

    /// <summary>Not that old yet: what becomes of it is not known. Not counted.</summary>
    TooYoung,

    /// <summary>Its term had ended by then, so that nobody owed it any more. Not counted.</summary>
    TermOver,

    /// <summary>No check within 7 days of that day could tell. Not counted.</summary>
    NotObservable,

    /// <summary>No start was agreed on, and it was never seen. Not counted.</summary>
    NoStart,
}
