using LinkMonitor.Keys;

namespace LinkMonitor.Hosting.Serving;

internal static class LoggingExtensions
{
    /// <summary>Leaves out what the framework says of every request.</summary>
    public static void AddQuietFilters(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It warns of where it keeps its keys, and nothing of ours is protected with them.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter(typeof(ApiKeyAuthentication).FullName, LogLevel.Warning);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }
}
