using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Alerts;

public sealed class AlertChannelsTests
{
    public static TheoryData<string, string[]> Wrong => new()
    {
        { "LinkMonitor:Mail:Transport is 'pigeon'. Use one of files, smtp, sendgrid.", ["LinkMonitor:Mail:Transport=pigeon"] },
        { "LinkMonitor:Mail:From is missing", ["LinkMonitor:Mail:Transport=smtp", "LinkMonitor:Mail:Smtp:Host=mail.example.org"] },
        { "LinkMonitor:Mail:From is missing", ["LinkMonitor:Mail:Transport=sendgrid", "LinkMonitor:Mail:SendGrid:ApiKey=SG.x"] },
        { "LinkMonitor:Mail:From is 'nobody'", ["LinkMonitor:Mail:From=nobody"] },
        { "LinkMonitor:Mail:From is 'grüße@example.org'", ["LinkMonitor:Mail:From=grüße@example.org"] },
        { "LinkMonitor:Mail:FromName is longer than 100 characters.", [$"LinkMonitor:Mail:FromName={new string('x', 101)}"] },
        { "LinkMonitor:Mail:Files:Folder is missing", ["LinkMonitor:Mail:Files:Folder="] },
        { "LinkMonitor:Mail:Smtp:Host is missing", ["LinkMonitor:Mail:Transport=smtp", "LinkMonitor:Mail:From=a@example.org"] },
        { "LinkMonitor:Mail:Smtp:Port: The field Port must be between 1 and 65535", [.. Smtp, "LinkMonitor:Mail:Smtp:Port=0"] },
        { "LinkMonitor:Mail:Smtp:Port: The field Port must be between 1 and 65535", [.. Smtp, "LinkMonitor:Mail:Smtp:Port=65536"] },
        { "LinkMonitor:Mail:Smtp:Port is 465", [.. Smtp, "LinkMonitor:Mail:Smtp:Port=465", "LinkMonitor:Mail:Smtp:Security=StartTls"] },
        { "LinkMonitor:Mail:Smtp:Port is 465", [.. Smtp, "LinkMonitor:Mail:Smtp:Port=465", "LinkMonitor:Mail:Smtp:Security=None"] },
        { "LinkMonitor:Mail:Smtp:Password is missing", [.. Smtp, "LinkMonitor:Mail:Smtp:User=u"] },
        { "LinkMonitor:Mail:Smtp:User is missing", [.. Smtp, "LinkMonitor:Mail:Smtp:Password=p"] },
        {
            "send the password in the clear",
            [.. Smtp, "LinkMonitor:Mail:Smtp:User=u", "LinkMonitor:Mail:Smtp:Password=p", "LinkMonitor:Mail:Smtp:Security=None"]
        },
        { "LinkMonitor:Mail:Smtp:Security must be StartTls, Tls or None", [.. Smtp, "LinkMonitor:Mail:Smtp:Security=7"] },
        {
            "LinkMonitor:Mail:Smtp:Timeout: The field Timeout must be between 00:00:01 and 00:10:00",
            [.. Smtp, "LinkMonitor:Mail:Smtp:Timeout=00:10:01"]
        },
        {
            "LinkMonitor:Mail:Smtp:Timeout: The field Timeout must be between 00:00:01 and 00:10:00",
            [.. Smtp, "LinkMonitor:Mail:Smtp:Timeout=00:00:00"]
        },
        { "LinkMonitor:Mail:SendGrid:ApiKey is missing", ["LinkMonitor:Mail:Transport=sendgrid", "LinkMonitor:Mail:From=a@example.org"] },
        { "LinkMonitor:Mail:SendGrid:ApiKey contains a space", [.. SendGrid, "LinkMonitor:Mail:SendGrid:ApiKey=SG.x\n"] },
        {
            "LinkMonitor:Mail:SendGrid:BaseUrl must be an https URL",
            [.. SendGrid, "LinkMonitor:Mail:SendGrid:BaseUrl=http://api.example.com"]
        },
        {
            "LinkMonitor:Mail:SendGrid:Timeout: The field Timeout must be between 00:00:01 and 00:05:00",
            [.. SendGrid, "LinkMonitor:Mail:SendGrid:Timeout=00:05:01"]
        },
    };

    public static TheoryData<string, string[]> Right => new()
    {
        { "files", [] },
        { "files", ["LinkMonitor:Mail:Transport=FILES", "LinkMonitor:Mail:Smtp:Port=0"] },
        { "smtp", Smtp },
        {
            "smtp",
            [.. Smtp, "LinkMonitor:Mail:Smtp:Port=65535", "LinkMonitor:Mail:Smtp:Timeout=00:10:00", "LinkMonitor:Mail:Smtp:Security=none"]
        },
        { "smtp", [.. Smtp, "LinkMonitor:Mail:Smtp:Port=465"] },
        { "smtp", [.. Smtp, "LinkMonitor:Mail:Smtp:Port=465", "LinkMonitor:Mail:Smtp:Security=tls"] },
        { "smtp", [.. Smtp, "LinkMonitor:Mail:Smtp:User=u", "LinkMonitor:Mail:Smtp:Password=p"] },
        { "sendgrid", SendGrid },
        {
            "sendgrid",
            [.. SendGrid, "LinkMonitor:Mail:SendGrid:BaseUrl=https://api.eu.sendgrid.com", "LinkMonitor:Mail:SendGrid:Timeout=00:05:00"]
        },
    };

    private static string[] Smtp =>
        ["LinkMonitor:Mail:Transport=smtp", "LinkMonitor:Mail:From=a@example.org", "LinkMonitor:Mail:Smtp:Host=mail.example.org"];

    private static string[] SendGrid =>
        ["LinkMonitor:Mail:Transport=sendgrid", "LinkMonitor:Mail:From=a@example.org", "LinkMonitor:Mail:SendGrid:ApiKey=SG.x"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string message, string[] settings)
    {
        await using var host = Host(settings);

        var failure = Assert.ThrowsAny<Exception>(host.Validate);

        Assert.Contains(message, failure.ToString(), StringComparison.Ordinal);
        Assert.True(failure is OptionsValidationException or AggregateException, failure.GetType().Name);
    }

    [Fact]
    public async Task What_annotations_and_what_rules_find_is_told_at_once()
    {
        await using var host = Host(
            ["LinkMonitor:Mail:Transport=smtp", "LinkMonitor:Mail:From=a@example.org", "LinkMonitor:Mail:Smtp:User=u"]);

        var failure = Assert.Throws<OptionsValidationException>(host.Validate);

        Assert.Equal(2, failure.Failures.Count());
        Assert.Contains(failure.Failures, one => one.StartsWith("LinkMonitor:Mail:Smtp:Host is missing", StringComparison.Ordinal));
        Assert.Contains(failure.Failures, one => one.StartsWith("LinkMonitor:Mail:Smtp:Password is missing", StringComparison.Ordinal));
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
