namespace LinkMonitor.Storage.Links;

/// <summary>Vendors as people compare them.</summary>
public static class VendorName
{
    /// <summary>
    /// Without white space around, with single spaces inside, and without case: two spellings with the same key are one vendor. Empty for none.
    /// </summary>
    public static string Key(string? vendor) =>
        string.Join(' ', (vendor ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
