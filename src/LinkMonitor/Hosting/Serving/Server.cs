using LinkMonitor.About;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Api.Pipeline;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Keys;
using LinkMonitor.Monitoring;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Serving;

/// <summary>The application standalone: a web server of its own and loops that start the functions.</summary>
internal static class Server
{
    // Settings are read at the start. To watch their files costs an inotify instance for each builder, of which a user may have 128 in all.
    private static readonly string[] WithoutFileWatches = ["--hostBuilder:reloadConfigOnChange=false"];

    /// <summary>A builder with all configuration sources read.</summary>
    public static WebApplicationBuilder CreateBuilder(ServerSettings settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = WithoutFileWatches });
        if (settings.Port is { } port)
            builder.WebHost.UseUrls($"http://localhost:{port}");
        else if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://localhost:{ServerSettings.DefaultPort}");
        builder.WebHost.ConfigureKestrel(kestrel => ServerRefusals.Describe(kestrel, PublicPage.OfRefusal));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Logging.AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console => console.FormatterName = PlainConsole.FormatterName);
        builder.Logging.AddQuietFilters();
        if (settings.AllowPrivateNetworks)
        {
            builder.Configuration[$"{MonitoringOptions.Section}:{nameof(MonitoringOptions.AllowPrivateNetworks)}"] = bool.TrueString;
            builder.Configuration[$"{ChannelOptions.Section}:{nameof(ChannelOptions.AllowPrivateNetworks)}"] = bool.TrueString;
        }

        return builder;
    }

    /// <summary>Registers every room but what starts the functions.</summary>
    public static void AddRooms(WebApplicationBuilder builder, StorageOptions storage) => AddRooms(builder, () => storage);

    /// <inheritdoc cref="AddRooms(WebApplicationBuilder, StorageOptions)"/>
    /// <param name="storage">Asked when the storage is first used.</param>
    public static void AddRooms(WebApplicationBuilder builder, Func<StorageOptions> storage)
    {
        Rooms.Add(builder.Services, storage);
        builder.Services.AddTelemetryExport(builder.Configuration, Product.Version);
        builder.Services.AddSingleton<OwnAddress>();
    }

    /// <summary>Registers the loops that start the functions.</summary>
    public static void AddLoops(WebApplicationBuilder builder) => builder.Services.AddStandaloneLoops(new LoopOptions());

    /// <summary>The pipeline and the routes.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        Rooms.Use(app);
        return app;
    }
}

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

/// <summary>
/// The console of a standalone server, for people: the time (UTC), how grave it is, and the words. A storage that fails is reported with
/// its reason; only what nobody foresaw comes with a stack trace.
/// </summary>
internal sealed class PlainConsole(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{time.GetUtcNow():HH:mm:ss} {Grade(logEntry.LogLevel)} {text.ReplaceLineEndings(" ")}");
        if (Foreseen(logEntry.Exception) is { } reason)
            textWriter.Write($" {reason.Message.ReplaceLineEndings(" ")}");
        else if (logEntry.Exception is { } unforeseen)
            textWriter.Write($"{Environment.NewLine}{unforeseen}");
        textWriter.WriteLine();
    }

    private static string Grade(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };

    private static StorageFailureException? Foreseen(Exception? exception) => exception switch
    {
        StorageFailureException failure => failure,
        AggregateException { InnerExceptions: [var only] } => Foreseen(only),
        { InnerException: { } inner } => Foreseen(inner),
        _ => null,
    };
}

/// <summary>How <c>linkmonitor serve</c> was asked to run.</summary>
internal sealed record ServerSettings
{
    public const int DefaultPort = 7071;

    /// <summary>The port on localhost; null for the configured addresses (<c>ASPNETCORE_URLS</c>), or 7071 when there are none.</summary>
    public int? Port { get; init; }

    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Whether the storage is made this installation's though it bears another's mark, or none.</summary>
    public bool Adopt { get; init; }
}

/// <summary>What a person who starts LinkMonitor by hand needs to know.</summary>
internal static class Announcement
{
    /// <param name="firstKey">The key that was just made; null when there was one.</param>
    /// <param name="signsIn">Whether to print a one-time sign-in link.</param>
    public static async Task WriteAsync(
        WebApplication app, ApiKeySecret? firstKey, bool signsIn, TextWriter output, CancellationToken cancellationToken)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        await output.WriteLineAsync();
        await output.WriteLineAsync($"LinkMonitor {Product.Version} runs on {address}");
        await output.WriteLineAsync($"  mails      {Mails(app.Services)}");
        await output.WriteLineAsync("             try them with: linkmonitor doctor --mail-to you@example.org");
        await output.WriteLineAsync($"  admin key  {Key(app.Services, firstKey)}");
        if (signsIn && await app.Services.GetRequiredService<SignInLinks>().IssueForStartAsync(cancellationToken) is { } link)
            await output.WriteLineAsync(
                $"  sign in    {Here(address, link.Address)}   (once, within {SignInLinks.Lifetime.TotalMinutes} minutes)");
        await output.WriteLineAsync("  stop       Ctrl+C");
        await output.WriteLineAsync();
    }

    /// <summary>A link for whoever sits at the machine, wherever else it listens.</summary>
    internal static Uri Here(string? address, Uri link) =>
        !link.IsAbsoluteUri
        && Uri.TryCreate(address?.Replace("[::]", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var server)
            ? new Uri(new UriBuilder(server) { Host = server.Host == "0.0.0.0" ? "localhost" : server.Host }.Uri, link)
            : link;

    private static string Mails(IServiceProvider services) =>
        services.GetRequiredService<IOptions<MailOptions>>().Value.Chosen == MailTransport.Files
            ? $"written as .eml files to {Path.GetFullPath(services.GetRequiredService<IOptions<FilesOptions>>().Value.Folder)}"
            : $"sent by {services.GetRequiredService<IAlertChannel>().Kind}";

    private static string Key(IServiceProvider services, ApiKeySecret? firstKey) => firstKey is not null
        ? $"{firstKey.Text}   (shown only now; keep it)"
        : services.GetRequiredService<KeyRing>().HasConfiguredKey ? "as configured" : "as printed at the first start";
}
