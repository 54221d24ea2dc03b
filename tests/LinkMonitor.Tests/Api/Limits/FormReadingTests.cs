using System.Text;
using LinkMonitor.Api.Limits;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Api.Limits;

/// <summary>What is wrong with a form is told to whoever sent it; a fault of this machine is not.</summary>
public sealed class FormReadingTests
{
    private const string Part = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"links.csv\"\r\n\r\npage,target\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Part)]
    [InlineData("")]
    public async Task A_form_whose_end_is_missing_is_to_be_sent_again(string body)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFormException>(() => ReadAsync(body));

        Assert.Equal((400, FormReading.CutOff), (refused.StatusCode, refused.Message));
    }

    [Fact]
    public async Task A_form_that_came_whole_is_read() => Assert.Single((await ReadAsync($"{Part}--cut--\r\n")).Files);

    [Fact]
    public async Task A_form_that_breaks_its_bounds_says_so() => Assert.Equal(
        "Damaged.",
        (await Assert.ThrowsAsync<UnreadableFormException>(
            () => FormReading.ReadAsync<int>(() => throw new InvalidDataException("no"), "Damaged."))).Message);

    [Fact]
    public async Task A_full_disk_is_no_fault_of_whoever_sent_the_form()
    {
        var full = new IOException("No space left on device", 28);

        Assert.Same(full, await Assert.ThrowsAsync<IOException>(() => FormReading.ReadAsync<int>(() => throw full, "Damaged.")));
    }

    private static Task<IFormCollection> ReadAsync(string body)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "multipart/form-data; boundary=cut";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return FormReading.ReadAsync(() => context.Request.ReadFormAsync(new(), Token), "Damaged.");
    }
}
