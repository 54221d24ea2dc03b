namespace LinkMonitor.Api;

/// <summary>The <c>?limit=</c> of every list.</summary>
internal static class PageLimit
{
    public const int Default = 100;
    public const int Max = 1000;

    public static bool TryRead(int? limit, out int value, out string error)
    {
        value = limit ?? Default;
        error = $"limit must be 1 to {Max}; it is {value}.";
        return value is >= 1 and <= Max;
    }
}
