namespace LinkMonitor.Hosting.Serving;

internal static class LoggingExtensions
{
    /// <summary>Leaves out what the framework says of every request. The configuration (<c>Logging:LogLevel</c>) has the last word.</summary>
    public static void AddQuietFilters(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }
}
