namespace LinkMonitor.Storage.Tables;

/// <summary>What a write does with stored properties the written entity does not name.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay. A property cannot be removed this way: a null value is not sent.</summary>
    Merge = 0,

    /// <summary>They are removed.</summary>
    Replace = 1,
}
