using System.Text.Json;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Alerts;

public sealed class PlanResultTests
{
    private static readonly ProjectId Project = new("prj_abcdefghij234567");

    [Theory]
    [InlineData(0, 0, 0, "a")]
    [InlineData(2_500, 1, 25, "a")]
    [InlineData(1, 300, 0, "日本\"\\")]
    [InlineData(2_500, 300, 25, "👋🏽\"")]
    public void The_bytes_of_an_alert_are_never_underrated(int changes, int deliveries, int reminders, string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 60));
        var alert = StorageSamples.Alert(Project, StorageSamples.Noon) with
        {
            Subject = text,
            ChangeCount = changes,
            Deliveries = [.. Enumerable.Range(0, deliveries).Select(number => new Delivery
            {
                ChannelId = $"chn_aaaaaaaaaaaaaaaaaaaaaaaaaa{number}", Channel = ChannelKind.Webhook,
                Recipient = new string('a', 240) + number + "@x.org", Part = 120, Parts = 125,
                NextAttemptAt = StorageSamples.Noon,
            })],
            Content = new AlertContent
            {
                ChannelName = text,
                Text = text,
                Reminders = [.. Enumerable.Range(0, reminders).Select(number => new TermReminder(
                    $"trm_aaaaaaaaaaaaaaaaaaaaaaaaaa{number}", $"lnk_aaaaaaaaaaaaaaaaaaaaaaaaaa{number}", new DateOnly(2026, 12, 1), 7))],
            },
        };
        var opened = new NewAlert(
            alert,
            [.. Enumerable.Range(0, changes).Select(number => $"outbox:0639079635610000000:chg_aaaaaaaaaaaaaaaaaaaaaaaa{number:d4}")]);

        var written = Json(AlertRow.Write(alert, AlertKeys.Open(alert.Id))) + Json(AlertChangesRow.Write(opened));

        Assert.InRange(written, 1, PlanResult.BytesOf(opened));
    }

    private static int Json(IDictionary<string, object?> row) =>
        JsonSerializer.SerializeToUtf8Bytes(row.ToDictionary(column => column.Key, column => column.Value?.ToString())).Length;
}
