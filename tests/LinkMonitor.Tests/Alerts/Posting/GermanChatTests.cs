using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.Slack;
using LinkMonitor.Alerts.Teams;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Composing;

namespace LinkMonitor.Tests.Alerts.Posting;

/// <summary>What Slack and Teams show of every matter of a German project.</summary>
public sealed class GermanChatTests
{
    [Fact]
    public void German_chats_read_as_approved()
    {
        var text = new StringBuilder();
        foreach (var (name, matter) in SampleMatters.All
            .Where(one => one.Value is ProjectFacts)
            .OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var german = (ProjectFacts)matter;
            var mail = AlertComposer.Compose(german with { Project = german.Project with { Language = "de" } }, Sample.Links);
            var summary = ChatSummary.Of(
                SampleMessage.To(
                    "chat") with
                {
                    Summary = mail.Summary,
                    ProjectName = german.Project.Name,
                    Subject = mail.Subject,
                    Text = mail.Text,
                });
            text.Append(
                CultureInfo.InvariantCulture,
                $"== {name}, Slack\n{string.Join('\n', SlackLines(SlackMessage.Of(summary)))}\n== {name}, Teams\n{TeamsText(summary)}\n");
        }

        Approved.Check("chats.de.approved.txt", text.ToString());
    }

    private static IEnumerable<string> SlackLines(SlackMessage message) =>
        message.Blocks.SelectMany(block => block.Elements ?? [block.Text!]).Select(text => text.Text);

    private static string TeamsText(ChatSummary summary)
    {
        var card = JsonDocument.Parse(TeamsMessage.Write(summary)).RootElement.GetProperty("attachments")[0].GetProperty("content");
        var body = card.GetProperty("body").EnumerateArray()
            .Select(
                element =>
                    string.Concat(element.GetProperty("inlines").EnumerateArray().Select(run => run.GetProperty("text").GetString())));
        var actions = card.GetProperty("actions").EnumerateArray().Select(action => $"[{action.GetProperty("title").GetString()}]");
        return string.Join('\n', body.Concat(actions));
    }
}
