// C++: virtual functions, exceptions, the library's own threads and locks.
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

struct shape {
	virtual int corners() { return 0; }
	virtual ~shape() { }
};
struct square : shape {
	int corners() override { return 4; }
};

int
main()
{
	std::mutex lock;
	std::condition_variable changed;
	std::atomic<int> adds{0};
	int n = 0;
	std::thread other([&] {
		for (int i = 0; i < 10; i++) {
			std::lock_guard<std::mutex> hold(lock);
			n++;
			adds++;
			changed.notify_one();
		}
	});
	{
		std::unique_lock<std::mutex> hold(lock);
		changed.wait(hold, [&] { return n == 10; });
	}
	other.join();
	shape *s = new square;
	std::vector<std::string> words{"a", "b"};
	words.push_back(words[0] + words[1]);
	try {
		throw words[2];
	} catch (std::string &word) {
		std::printf("%d %d %d %s\n", n, adds.load(), s->corners(),
			    word.c_str());
	}
	delete s;
}
