namespace LinkMonitor.Storage.Tables;

/// <summary>The tables of the storage account.</summary>
internal interface ITables
{
    /// <summary>A table of this name, whether or not it was created. Nothing is sent yet.</summary>
    /// <param name="name">One of <see cref="TableNames"/>.</param>
    ITable Open(string name);
}
