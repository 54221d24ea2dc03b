using LinkMonitor.Wording;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts;

/// <summary>
/// Takes up the operator's language files at the start, and says once what is missing in them. What cannot be used has stopped the start.
/// </summary>
internal sealed partial class OwnLanguages(IOptions<MailOptions> options, ILogger<OwnLanguages> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = LanguageFolder.Read(options.Value.LanguageFolder);
        Language.Use(folder.Files);
        foreach (var note in folder.Notes)
            Log.Incomplete(logger, note);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Language.Use([]);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Note}")]
        public static partial void Incomplete(ILogger logger, string note);
    }
}
