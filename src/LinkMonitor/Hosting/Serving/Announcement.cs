using LinkMonitor.About;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Serving;

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
