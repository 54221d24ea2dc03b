namespace LinkMonitor.Storage.Tables;

/// <summary>The kinds of write a transaction may hold.</summary>
public enum TableTransactionActionType
{
    /// <summary>Insert; fails with 409 when the entity exists.</summary>
    Add = 0,

    /// <summary>Merge into an existing entity whose ETag matches; fails with 404 or 412.</summary>
    UpdateMerge = 1,

    /// <summary>Replace an existing entity whose ETag matches; fails with 404 or 412.</summary>
    UpdateReplace = 2,

    /// <summary>Delete an existing entity whose ETag matches; fails with 404 or 412.</summary>
    Delete = 3,

    /// <summary>Insert, or merge into what is there.</summary>
    UpsertMerge = 4,

    /// <summary>Insert, or replace what is there.</summary>
    UpsertReplace = 5,
}
