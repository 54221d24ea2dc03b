using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Alerts;

public sealed class AlertChannelsTests
{
    public static TheoryData<string, string[]> Wrong => new()
    {
        { "Mail:Transport is 'pigeon'. Use one of files, smtp, sendgrid.", ["Mail:Transport=pigeon"] },
        { "Mail:From is missing", ["Mail:Transport=smtp", "Mail:Smtp:Host=mail.example.org"] },
        { "Mail:From is missing", ["Mail:Transport=sendgrid", "Mail:SendGrid:ApiKey=SG.x"] },
        { "Mail:From is 'nobody'", ["Mail:From=nobody"] },
        { "Mail:From is 'grüße@example.org'", ["Mail:From=grüße@example.org"] },
        { "Mail:FromName is longer than 100 characters.", [$"Mail:FromName={new string('x', 101)}"] },
        { "Mail:Files:Folder is missing", ["Mail:Files:Folder="] },
        { "Mail:Smtp:Host is missing", ["Mail:Transport=smtp", "Mail:From=a@example.org"] },
        { "Mail:Smtp.Port must be between 1 and 65535", [.. Smtp, "Mail:Smtp:Port=0"] },
        { "Mail:Smtp.Port must be between 1 and 65535", [.. Smtp, "Mail:Smtp:Port=65536"] },
        { "Mail:Smtp:Port is 465", [.. Smtp, "Mail:Smtp:Port=465"] },
        { "Mail:Smtp:Password is missing", [.. Smtp, "Mail:Smtp:User=u"] },
        { "Mail:Smtp:User is missing", [.. Smtp, "Mail:Smtp:Password=p"] },
        { "send the password in the clear", [.. Smtp, "Mail:Smtp:User=u", "Mail:Smtp:Password=p", "Mail:Smtp:Security=None"] },
        { "Mail:Smtp:Security must be StartTls or None", [.. Smtp, "Mail:Smtp:Security=7"] },
        { "Mail:Smtp.Timeout must be between 00:00:01 and 00:10:00", [.. Smtp, "Mail:Smtp:Timeout=00:10:01"] },
        { "Mail:Smtp.Timeout must be between 00:00:01 and 00:10:00", [.. Smtp, "Mail:Smtp:Timeout=00:00:00"] },
        { "Mail:SendGrid:ApiKey is missing", ["Mail:Transport=sendgrid", "Mail:From=a@example.org"] },
        { "Mail:SendGrid:ApiKey holds a space", [.. SendGrid, "Mail:SendGrid:ApiKey=SG.x\n"] },
        { "Mail:SendGrid:BaseUrl must be an https URL", [.. SendGrid, "Mail:SendGrid:BaseUrl=http://api.example.com"] },
        { "Mail:SendGrid.Timeout must be between 00:00:01 and 00:05:00", [.. SendGrid, "Mail:SendGrid:Timeout=00:05:01"] },
    };

    public static TheoryData<string, string[]> Right => new()
    {
        { "files", [] },
        { "files", ["Mail:Transport=FILES", "Mail:Smtp:Port=0"] },
        { "smtp", Smtp },
        { "smtp", [.. Smtp, "Mail:Smtp:Port=65535", "Mail:Smtp:Timeout=00:10:00", "Mail:Smtp:Security=none"] },
        { "smtp", [.. Smtp, "Mail:Smtp:User=u", "Mail:Smtp:Password=p"] },
        { "sendgrid", SendGrid },
        { "sendgrid", [.. SendGrid, "Mail:SendGrid:BaseUrl=https://api.eu.sendgrid.com", "Mail:SendGrid:Timeout=00:05:00"] },
    };

    private static string[] Smtp => ["Mail:Transport=smtp", "Mail:From=a@example.org", "Mail:Smtp:Host=mail.example.org"];

    private static string[] SendGrid => ["Mail:Transport=sendgrid", "Mail:From=a@example.org", "Mail:SendGrid:ApiKey=SG.x"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string message, string[] settings)
    {
        await using var host = Host(settings);

        var failure = Assert.ThrowsAny<Exception>(host.Validate);

        Assert.Contains(message, failure.ToString(), StringComparison.Ordinal);
        Assert.True(failure is OptionsValidationException or AggregateException, failure.GetType().Name);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Only_the_chosen_transport_needs_settings(string kind, string[] settings)
    {
        await using var host = Host(settings);

        host.Validate();

        Assert.Equal(kind, host.Channel.Kind);
    }

    private static AlertChannelHost Host(string[] settings) =>
        new(TimeProvider.System, [.. settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], (string?)pair[1]))]);
}
