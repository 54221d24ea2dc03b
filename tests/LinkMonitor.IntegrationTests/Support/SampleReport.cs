using System.Net;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A report of a project's links, with an address of it.</summary>
internal static class SampleReport
{
    /// <param name="words">Title, client and recipient: 1 to 120 characters.</param>
    /// <returns>Its number, and the id of the address.</returns>
    public static async Task<(string Number, string ShareId)> MakeAsync(
        Product product, string project, CancellationToken cancellationToken, string words = "Links in November")
    {
        var path = $"/api/v1/projects/{project}/reports";
        var made = await product.Api.PostAsync(
            path,
            new
            {
                title = words,
                client = words,
                sections = new[]
                {
                    "summary", "gained-and-lost", "changes", "not-verified", "links", "anchors", "domains", "follow", "targets",
                    "placements",
                },
            },
            HttpStatusCode.Created, cancellationToken);
        var number = made.GetProperty("report").GetProperty("number").GetRawText();
        var share = await product.Api.PostAsync(
            $"{path}/{number}/shares", new { recipient = words }, HttpStatusCode.Created, cancellationToken);
        return (number, share.GetProperty("share").GetProperty("id").GetString()!);
    }
}
